import pytest
from django.core.exceptions import ImproperlyConfigured

from acr_program.jobs import faults
from acr_program.jobs.checks import no_faults_in_production


@pytest.fixture(autouse=True)
def unpassed():
    faults._passes.clear()
    yield
    faults._passes.clear()


def test_a_fault_point_is_nothing_by_itself():
    faults.fault("job_worked")


def test_it_strikes_at_the_pass_named(monkeypatch):
    monkeypatch.setenv("ACR_FAULTS", "job_worked:3:raise, other:1:kill")

    faults.fault("job_worked")
    faults.fault("job_worked")
    with pytest.raises(faults.FaultRaised):
        faults.fault("job_worked")


def test_it_strikes_once_over_all_processes_with_a_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("ACR_FAULTS", "job_worked:*:raise")
    monkeypatch.setenv("ACR_FAULTS_DIR", str(tmp_path))

    with pytest.raises(faults.FaultRaised):
        faults.fault("job_worked")
    faults.fault("job_worked")


def test_production_refuses(monkeypatch, settings):
    monkeypatch.setenv("ACR_FAULTS", "job_worked:1:raise")
    settings.PRODUCTION = True

    with pytest.raises(ImproperlyConfigured):
        faults.fault("job_worked")
    assert [e.msg for e in no_faults_in_production()] == ["Fault points are armed in production."]
