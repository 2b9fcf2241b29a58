from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from acr_program.jobs import tasks
from acr_program.jobs.errors import LeaseLost
from acr_program.jobs.models import State
from acr_program.jobs.tasks import run, sweep
from acr_program.jobs.work import drain, work_row


def fresh(job):
    return type(job).objects.get(pk=job.pk)


def outcome(job):
    job = fresh(job)
    return job.state, job.attempts, job.runs


def test_a_row_is_worked_once_however_often_it_is_rung(errand):
    job = errand.objects.create()

    run("jobs.Errand", job.pk, job.pk)
    run("jobs.Errand", job.pk)

    assert outcome(job) == (State.DONE, 1, 1)
    assert fresh(job).done_at is not None


def test_a_bell_also_finds_the_rows_whose_own_bell_was_lost(errand):
    jobs = [errand.objects.create() for _n in range(3)]

    run("jobs.Errand", jobs[2].pk)

    assert [outcome(job)[0] for job in jobs] == [State.DONE, State.QUEUED, State.DONE]  # two a bell


def test_a_task_begins_no_row_when_its_time_is_over(errand, monkeypatch):
    monkeypatch.setattr(tasks, "LONGEST_RUN", -1)
    job = errand.objects.create()

    run("jobs.Errand", job.pk)

    assert outcome(job)[0] == State.QUEUED


def test_a_claimed_row_is_nobody_elses_until_the_lease_runs_out(errand):
    job = errand.objects.create()
    first = errand.claim(job.pk)

    assert errand.claim(job.pk) is None
    with time_machine.travel(now() + errand.lease() + timedelta(seconds=1)):
        assert errand.claim(job.pk).attempts == first.attempts + 1


def test_the_lease_is_the_wall_limit_and_a_margin(errand, settings):
    assert errand.lease() == errand.WALL + timedelta(seconds=15)

    settings.ACR_LEASE_SECONDS = 2

    assert errand.lease() == timedelta(seconds=2)


def test_a_worker_whose_lease_ran_out_overwrites_nothing(errand, settings):
    settings.ACR_LEASE_SECONDS = 0
    job = errand.objects.create()
    slow = errand.claim(job.pk)
    quick = errand.claim(job.pk)

    assert slow.postpone(ValueError("too late")) is False
    assert slow.finish() is False
    assert quick.finish() is True
    assert fresh(job).error == ""


def test_effects_of_a_lost_lease_are_rolled_back(errand, settings):
    settings.ACR_LEASE_SECONDS = 0
    job = errand.objects.create()
    slow, quick = errand.claim(job.pk), errand.claim(job.pk)

    with pytest.raises(LeaseLost), slow.settle():
        errand.objects.create(told="effect")
    with quick.settle():
        errand.objects.create(told="other")

    assert [e.told for e in errand.objects.exclude(pk=job.pk)] == ["other"]


def test_an_error_is_kept_and_the_waits_double(errand):
    job = errand.objects.create(told="break")
    waits = []
    moment = now()
    for _try in range(errand.TRIES):
        with time_machine.travel(moment, tick=False):
            work_row(errand, job.pk)
            waits.append((fresh(job).due_at - now()) / timedelta(minutes=1))
        moment += timedelta(hours=1)

    assert waits[:5] == [1, 2, 4, 8, 16]
    assert outcome(job) == (State.FAILED, 6, 6)
    assert fresh(job).error == "ValueError: It broke."
    assert fresh(job).gave_up == 1


def test_a_permanent_error_fails_at_once_with_its_sentence(errand):
    job = errand.objects.create(told="never")

    run("jobs.Errand", job.pk)

    assert outcome(job) == (State.FAILED, 1, 1)
    assert fresh(job).error == "The address does not exist."
    assert fresh(job).gave_up == 1


def test_an_exit_is_no_error_of_the_row(errand):
    job = errand.objects.create(told="exit")

    with pytest.raises(SystemExit):
        run("jobs.Errand", job.pk)

    assert outcome(job) == (State.RUNNING, 1, 1)


def test_the_sweep_gives_up_what_workers_died_of(errand):
    job = errand.objects.create(attempts=errand.TRIES, state=State.RUNNING)

    sweep()
    sweep()

    assert outcome(job) == (State.FAILED, 6, 0)
    assert fresh(job).error == "The work was begun 6 times and never finished."
    assert fresh(job).gave_up == 1


def test_a_broken_hook_holds_up_no_other_row_and_is_tried_again(errand):
    broken = errand.objects.create(attempts=errand.TRIES, told="hook")
    other = errand.objects.create(attempts=errand.TRIES)

    sweep()

    assert [fresh(broken).state, fresh(other).state] == [State.QUEUED, State.FAILED]
    errand.objects.filter(pk=broken.pk).update(told="")
    sweep()
    assert fresh(broken).state == State.FAILED


def test_a_failed_row_can_be_taken_up_again(errand):
    job = errand.objects.create(told="never")
    run("jobs.Errand", job.pk)
    errand.objects.filter(pk=job.pk).update(told="")

    assert fresh(job).retry() is True
    assert fresh(job).retry() is False
    drain()

    assert outcome(job) == (State.DONE, 1, 2)


def test_drain_works_what_is_due_and_leaves_what_is_not(errand):
    due = [errand.objects.create() for _n in range(5)]
    later = errand.objects.create(due_at=now() + timedelta(hours=1))

    assert drain(["jobs.Errand"], limit=3) == 3
    assert drain(["jobs.errand"]) == 2

    assert [fresh(job).state for job in due] == [State.DONE] * 5
    assert fresh(later).state == State.QUEUED


def test_work_is_broken_off_at_its_wall_limit(errand, monkeypatch):
    monkeypatch.setattr(errand, "WALL", timedelta(seconds=0.2))
    monkeypatch.setattr(errand, "work", lambda self: __import__("time").sleep(5))
    job = errand.objects.create()

    work_row(errand, job.pk)

    assert fresh(job).state == State.QUEUED
    assert fresh(job).error.startswith("TookTooLong: ")


def test_the_database_knows_the_states(errand):
    job = errand.objects.create()

    with pytest.raises(IntegrityError), transaction.atomic():
        errand.objects.filter(pk=job.pk).update(state="gone")


def test_what_is_due_is_found_by_index(errand):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads so small a table whole.")

    assert "jobs_errand_due" in errand.due().explain()
