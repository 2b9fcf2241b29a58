"""Eight at once on the same row: one step, one log row (ARCHITECTURE.md)."""

import threading

import pytest
from django.db import connection

from acr_program.workflow.errors import Refused
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform
from acr_program.workflow.seals import verify
from tests.factories import fresh, make_account, make_user


@pytest.mark.django_db(transaction=True)
def test_eight_people_at_once_take_one_step():
    admins = [make_user("admin") for _ in range(8)]
    accounts = [make_account("prospect", manager=make_user("rep")) for _ in range(5)]
    outcomes = []

    def decide(by):
        try:
            for account in accounts:
                try:
                    outcomes.append(perform(account, "win", by=by, seen=1).taken.entry.by_id == by.pk)
                except Refused as refusal:
                    outcomes.append("Won as a customer" in refusal.sentence)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[by]) for by in admins]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert outcomes == [True] * 40
    assert LogEntry.objects.filter(step="win").count() == 5
    assert [(fresh(account).status, fresh(account).version) for account in accounts] == [("active", 2)] * 5
    assert list(verify()) == []
