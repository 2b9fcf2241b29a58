"""Who acts for a contributor is told at once: when a section goes out, and when the absence begins."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from acr_program.desk import absences
from acr_program.desk.standing_in import tell_stand_ins
from acr_program.outbox.models import Message
from tests.factories import (
    fresh,
    make_absence,
    make_account,
    make_program,
    make_request,
    make_template,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.demand("M8")]


@pytest.fixture
def writer():
    return make_user("contributor", name="Cora Contributor")


@pytest.fixture
def stand_in():
    return make_user("contributor", name="Stan Instead")


def asked_of(writer, status="gathering"):
    make_program()
    make_template(sections=1, contributors=(writer,))
    return make_request(status, account=make_account(name="Ernst Handel"))


def mails_to(person):
    return list(Message.objects.filter(person=person).order_by("created_at"))


def test_the_stand_in_is_asked_when_the_section_goes_out(writer, stand_in):
    make_absence(writer, stand_in)

    asked_of(writer)

    (mail,) = mails_to(stand_in)
    assert mail.subject == mails_to(writer)[0].subject
    assert mail.subject.startswith("Please write “Part 2” for Ernst Handel by ")
    assert "You are asked in the place of Cora Contributor, who is away." in mail.text
    assert "in the place of" not in mails_to(writer)[0].text


def test_an_absence_that_begins_today_tells_at_once_what_waits(writer, stand_in):
    section = asked_of(writer).contributions.get()
    today = localdate()

    absences.set_absence(writer, by=writer, from_on=today, to_on=today + timedelta(days=4), stand_in=stand_in)
    tell_stand_ins(now())

    (mail,) = mails_to(stand_in)
    assert mail.subject.startswith("You act for Cora Contributor until ")
    assert f"- Write the section, by {mail.text.partition('by ')[2].partition(':')[0]}" in mail.text
    assert str(section) in mail.text


def test_a_later_absence_tells_on_its_first_day_and_once(writer, stand_in, later):
    asked_of(writer)
    first = localdate() + timedelta(days=3)
    absences.set_absence(writer, by=writer, from_on=first, to_on=first + timedelta(days=4), stand_in=stand_in)
    tell_stand_ins(now())
    before = len(mails_to(stand_in))

    later(days=3)
    tell_stand_ins(now())
    tell_stand_ins(now())

    assert (before, [mail.kind for mail in mails_to(stand_in)]) == (0, ["stand_in"])


def test_an_absence_that_is_over_tells_nobody(writer, stand_in):
    asked_of(writer)
    make_absence(fresh(writer), stand_in, localdate() - timedelta(days=5), localdate() - timedelta(days=1))

    tell_stand_ins(now())

    assert mails_to(stand_in) == []
