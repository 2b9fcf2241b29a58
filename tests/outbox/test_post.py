from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from acr_program.jobs import wake
from acr_program.jobs.models import State
from acr_program.outbox.models import Message
from acr_program.outbox.post import Recipient, post
from acr_program.outbox.render import absolute
from acr_program.ui import shell


def test_a_mail_can_be_read_before_it_goes(send_one, person, thing, mailoutbox):
    send_one(context={"by_name": "Bo", "comment": "Please look."})

    message = Message.objects.get()
    assert (message.state, message.subject, message.address) == (State.QUEUED, str(thing), "ada@example.com")
    assert (message.kind, message.person, message.about) == ("note", person, thing)
    assert "Bo has begun this." in message.text
    assert "Please look." in message.html
    assert mailoutbox == []


def test_text_and_page_name_the_same_address(send_one, settings):
    settings.SITE_URL = "https://reviews.example.com"
    message = send_one()

    assert "See it: https://reviews.example.com/\n" in message.text
    assert '<a class="act" href="https://reviews.example.com/">See it</a>' in message.html


def test_the_same_key_and_address_make_no_second_mail(send_one):
    first = send_one()
    send_one()
    send_one(key="other")

    assert Message.objects.count() == 2
    assert Message.objects.get(key="k").message_id == first.message_id


def test_the_database_forbids_it_too(send_one):
    message = send_one()
    message.pk, message.message_id = None, "<other@x>"

    with pytest.raises(IntegrityError), transaction.atomic():
        message.save(force_insert=True)


def test_many_recipients_are_one_query_and_one_bell(thing, monkeypatch, django_assert_num_queries):
    make = get_user_model().objects.create_user
    people = [make(f"p{n}@example.com", f"Person {n}") for n in range(20)]
    rung = []
    monkeypatch.setattr(wake, "ring", rung.append)
    post(thing, key="warm", to=people[:1], template="note")

    with django_assert_num_queries(1):
        post(thing, key="k", to=people, template="note")

    assert [len(jobs) for jobs in rung] == [1, 20]
    assert len(set(Message.objects.values_list("message_id", flat=True))) == 21


def test_a_rolled_back_step_writes_to_nobody(send_one, mailoutbox):
    with transaction.atomic():
        send_one()
        transaction.set_rollback(True)

    assert not Message.objects.exists()


def test_who_left_and_system_persons_get_nothing(thing, person):
    person.is_active = False
    clock = get_user_model().objects.clock()

    assert post(thing, key="k", to=[person, clock], template="note") == []


def test_an_address_is_written_to_once(thing, person):
    twice = [person, Recipient("Ada again", " ADA@example.com ")]

    assert [m.person for m in post(thing, key="k", to=twice, template="note")] == [person]


@pytest.mark.parametrize("address", ["nobody", "a@b@c.de", "x@example.com\nBcc: y@example.com", "", "a b@example.com"])
def test_an_address_that_is_none_fails_where_it_is_seen(thing, address):
    post(thing, key="k", to=[Recipient("Bo", address)], template="note")

    message = Message.objects.get()
    assert message.state == State.FAILED
    assert message.error.endswith("is no address that mail can be sent to. Correct it, then send again.")
    assert list(Message.objects.undelivered()) == [message]


def test_a_private_link_is_seen_by_nobody_but_the_reader(send_one, mailoutbox):
    link = absolute("/open/SECRET-TOKEN/")
    message = send_one(private={"url": link, "code": "481 902"})
    row = Message.objects.get()

    assert "SECRET" not in row.text + row.html
    assert "481" not in row.text + row.html
    assert 'href="⟦url⟧"' in row.html

    row.work()
    row.refresh_from_db()
    claimed = Message.claim(message.pk)
    claimed.finish()

    mail = mailoutbox[0]
    assert f"See it: {link}\n" in mail.body
    assert f'href="{link}"' in mail.alternatives[0].content
    assert "481 902" in mail.body
    assert Message.objects.get().private == {}


def test_the_account_is_kept_for_its_timeline(send_one):
    assert send_one(account_id=7).account_id == 7


def test_dates_are_in_the_readers_own_time(send_one, person):
    person.time_zone = "Asia/Tokyo"
    due_at = datetime(2026, 3, 2, 20, tzinfo=UTC)

    assert send_one(template="dated", context={"due_at": due_at}).subject == "By Tue 3 Mar"


def test_every_mail_says_whom_to_ask(send_one, monkeypatch):
    monkeypatch.setattr(shell, "providers", {})
    monkeypatch.setattr(shell, "contact", lambda: shell.Contact("Owen.Castellane", "owen@example.com"))
    message = send_one()

    assert "Questions: Owen.\u200bCastellane, owen@example.com" in message.text
    assert "Questions: Owen.\u200bCastellane, program manager," in message.html
    assert '<a href="mailto:owen@example.com">owen@example.com</a>' in message.html
