import itertools
import random
from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from acr_program.jobs.models import State
from acr_program.jobs.work import drain, work_row
from acr_program.outbox.models import Message
from acr_program.outbox.post import Recipient, post


def fate(smtp, *fates):
    """Each connection fares as told, the later ones well."""
    told = itertools.chain(fates, itertools.repeat("ok"))
    smtp.plan = lambda: next(told)


def outcome(message):
    message.refresh_from_db()
    return message.state, message.error


def test_a_mail_arrives_with_the_id_of_its_row(smtp, send_one):
    message = send_one()

    drain()

    mail = smtp.mails[0]
    assert outcome(message) == (State.DONE, "")
    assert (mail["Message-ID"], mail["To"], mail["Subject"]) == (message.message_id, message.address, message.subject)
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert message.sent_at is not None


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("550", "The mail server refused the mail to ada@example.com for good: 550 No such user here"),
        ("552", "The mail server refused the mail to ada@example.com for good: 552 Not enough room"),
    ],
)
def test_a_refusal_for_good_is_an_incident_in_words(smtp, send_one, fault, sentence):
    fate(smtp, fault)
    message = send_one()

    drain()

    assert outcome(message) == (State.FAILED, sentence)
    assert list(Message.objects.undelivered()) == [message]


@pytest.mark.parametrize("fault", ["451", "452", "554", "refuse", "hang", "drop"])
def test_anything_else_is_tried_again(smtp, send_one, fault):
    fate(smtp, fault)
    message = send_one()

    drain()
    assert outcome(message)[0] == State.QUEUED
    assert outcome(message)[1] != ""
    assert message.is_held_up
    with time_machine.travel(now() + timedelta(minutes=2)):
        drain()

    assert outcome(message) == (State.DONE, "")
    assert {mail["Message-ID"] for mail in smtp.mails} == {message.message_id}
    assert len(smtp.mails) == (2 if fault == "drop" else 1)


def test_no_server_at_all_keeps_the_mail(smtp, send_one):
    message = send_one()
    smtp.shutdown()
    smtp.server_close()

    work_row(Message, message.pk)

    assert outcome(message) == (State.QUEUED, "ConnectionRefusedError: [Errno 111] Connection refused")


def test_a_mail_server_may_be_away_for_half_a_day(smtp, send_one):
    smtp.plan = lambda: "refuse"
    message, moment = send_one(), now()
    for _hour in range(12):
        moment += timedelta(minutes=61)
        with time_machine.travel(moment):
            drain()
    fate(smtp)

    with time_machine.travel(moment + timedelta(minutes=61)):
        drain()

    assert outcome(message)[0] == State.DONE


def test_a_mended_address_is_taken_up_again(smtp, send_one):
    fate(smtp, "550")
    message = send_one()
    drain()

    message.retry()
    drain()

    assert outcome(message) == (State.DONE, "")


@pytest.mark.slow
@pytest.mark.demand("P11")
def test_a_bad_server_loses_nothing(smtp, thing, settings):
    """The small lane: 250 mails, 10% 4xx, 5% hang, 5% drop after DATA, 20% refused, 2% 5xx.

    The server itself ends what it lets hang; a client that gave up first, on a busy machine, would not have heard what
    the server counts as said.
    """
    smtp.client_waits = 30
    settings.MAILERS = smtp.mailer
    dice = random.Random(1)
    kinds, odds = ["451", "hang", "drop", "refuse", "550", "ok"], [10, 5, 5, 20, 2, 58]
    smtp.plan, smtp.patience = lambda: dice.choices(kinds, odds)[0], 0.05
    to = [Recipient(f"Reader {n}", f"r{n}@example.com") for n in range(250)]
    post(thing, key="k", to=to, template="note")

    moment = now()
    for _round in range(20):
        with time_machine.travel(moment):
            drain()
        moment += timedelta(hours=1)

    ids = [mail["Message-ID"] for mail in smtp.mails]
    done = Message.objects.filter(state=State.DONE)
    failed = Message.objects.undelivered()
    assert done.count() + failed.count() == 250
    assert set(done.values_list("message_id", flat=True)) <= set(ids)
    assert failed.filter(error__contains="550").count() == failed.count() == smtp.fates.count("550")
    assert len(ids) - len(set(ids)) <= smtp.fates.count("drop")
