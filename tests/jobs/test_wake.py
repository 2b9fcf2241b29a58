import logging
import socket
import threading
from time import perf_counter

import kombu.transport.redis  # noqa: F401  (imported before the clock runs)
import pytest
from celery import current_app
from django.db import transaction

from acr_program.jobs import wake
from acr_program.jobs.tasks import run, sweep


@pytest.fixture
def bells(monkeypatch):
    """What would have gone to the broker."""
    sent = []
    monkeypatch.setattr(run, "apply_async", lambda args, **options: sent.append((args, options["queue"])))
    return sent


def test_the_bell_rings_after_the_commit_only(errand, bells, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            job = errand.objects.create()
            job.ring()
        assert bells == []

    assert bells == [(["jobs.Errand", job.pk], "celery")]


def test_many_rows_share_a_bell(errand, bells, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        jobs = [errand.objects.create() for _n in range(3)]
        wake.ring(jobs)

    assert [args[1:] for args, _queue in bells] == [[jobs[0].pk, jobs[1].pk], [jobs[2].pk]]


def test_the_sweep_rings_for_what_is_due_and_no_more(errand, bells):
    due = errand.objects.create()
    errand.objects.create(state="done")
    errand.objects.create(state="failed")
    errand.claim(errand.objects.create().pk)

    sweep()

    assert bells == [(["jobs.Errand", due.pk], "celery")]


def test_after_a_failure_the_bell_pauses_and_counts(errand, monkeypatch):
    def refuse(*_args, **_options):
        raise OSError("nobody there")

    monkeypatch.setattr(run, "apply_async", refuse)

    wake.publish(errand, [1])
    wake.publish(errand, [2])

    status = wake.status()
    assert (status["failed"], status["skipped"], status["pausing"], status["last_error"]) == (1, 1, True, "OSError")


def test_bells_take_no_more_than_their_budget(errand, monkeypatch):
    monkeypatch.setattr(run, "apply_async", lambda *_args, **_options: threading.Event().wait(0.1))

    wake.publish(errand, list(range(40)))

    status = wake.status()
    assert 1 <= status["rung"] <= 3  # a tenth of a second each, and the budget is a quarter
    assert status["skipped"] > 0


@pytest.mark.parametrize("accepts", [True, False], ids=["frozen", "refused"])
def test_a_redis_that_does_not_answer_costs_a_quarter_second_once(errand, monkeypatch, accepts):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if accepts:
            silent.listen(50)
        monkeypatch.setattr(current_app.conf, "broker_url", f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        monkeypatch.setattr(current_app.conf, "broker_write_url", current_app.conf.broker_url)
        wake.bell.strike("jobs.Errand", "celery", [1], None)
        wake.bell.reset()
        started = perf_counter()

        for pk in range(20):
            wake.publish(errand, [pk])

        assert perf_counter() - started < 0.25
    assert (wake.status()["failed"], wake.status()["skipped"]) == (1, 19)


def test_the_log_names_the_failure_without_the_address(errand, monkeypatch, caplog):
    def refuse(*_args, **_options):
        raise OSError("redis://:secret@host")

    monkeypatch.setattr(run, "apply_async", refuse)

    with caplog.at_level(logging.INFO):
        wake.publish(errand, [1])

    assert "secret" not in caplog.text
