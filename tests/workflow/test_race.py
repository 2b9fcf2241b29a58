"""Eight at once on the same row: one step, one log row (ARCHITECTURE.md)."""

import threading
from contextlib import suppress

import pytest
from django.db import connection

from acr_program.outbox.models import Message
from acr_program.workflow.errors import Refused
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform
from acr_program.workflow.seals import verify
from acr_program.workflow.undo import take_back
from tests.factories import fresh, make_account, make_user, take


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


@pytest.mark.django_db(transaction=True)
def test_taking_back_and_the_mail_that_leaves_agree_who_was_first():
    """The mail is withdrawn and the account active again, or the mail is on its way and the account stays at risk."""
    manager, words = make_user("manager"), {"comment": "Their owner sells."}
    accounts = [
        take(make_account("active", manager=make_user("rep")), "flag_risk", manager, **words) for _ in range(12)
    ]
    mails = [Message.objects.about(account).get().pk for account in accounts]
    begin = threading.Barrier(2)

    def back():
        begin.wait()
        for account in accounts:
            with suppress(Refused):
                take_back(account.taken.entry, by=manager)
        connection.close()

    def send():
        begin.wait()
        for pk in mails:
            Message.claim(pk)
        connection.close()

    threads = [threading.Thread(target=act) for act in (back, send)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    ends = [
        (fresh(account).status, Message.objects.filter(pk=pk).count())
        for account, pk in zip(accounts, mails, strict=True)
    ]
    assert set(ends) <= {("active", 0), ("at_risk", 1)}
    assert len(ends) == 12
    assert list(verify()) == []
