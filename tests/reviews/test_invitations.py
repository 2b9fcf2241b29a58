"""Invitations with their calendar files, and the meeting in the calendar of each who attends (R-26, features 14)."""

from __future__ import annotations

from datetime import datetime, time
from email import message_from_bytes
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.test import Client
from django.urls import reverse

from acr_program.desk import feed
from acr_program.outbox.models import Message
from acr_program.workflow.days import add_working_days
from reviews.forms.meeting import PlanForm, stands
from tests.factories import fresh, make_account, make_request, make_user, take
from tests.reviews.meetings import INVITED, a_meeting, planned, typed
from tests.reviews.work import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-26")]


def test_everybody_named_is_invited_with_a_calendar_file(mails):
    meeting = a_meeting()
    guest = make_user("contributor", name="Cora", time_zone="America/New_York")
    planned(meeting, another=guest.pk, others="Bo Boss <bo@customer.example>\nSam", **INVITED)

    sent = {mail.to[0]: mail for mail in mails() if mail.subject.startswith("Invitation")}

    assert sorted(sent) == sorted(
        [meeting.request.rep.email, guest.email, "kim@customer.example", "bo@customer.example"]
    )
    event = file_in(sent["bo@customer.example"])
    assert event.method == "REQUEST"
    assert event.uid.value == str(meeting.uid)
    assert event.dtstart.value == datetime.combine(meeting.on, time(14, 30), ZoneInfo("Europe/Berlin"))
    assert event.dtstart.serialize().strip().endswith("Z")
    assert {one.value for one in event.attendee_list} == {f"mailto:{address}" for address in sent}
    there, here = sent["bo@customer.example"].body, sent[guest.email].body
    assert "14:30 to 15:30 on the clock of Europe/Berlin" in there
    assert "on the clock of America/New_York" in here
    assert "14:30 on the clock of Europe/Berlin, where it is held" in here
    assert meeting.get_absolute_url() not in there
    assert meeting.get_absolute_url() in here


def file_in(mail):
    """The event of the calendar file, read by an independent library, with what is to be done with it."""
    [part] = [
        part
        for part in message_from_bytes(mail.message().as_bytes()).walk()
        if part.get_content_type() == "text/calendar"
    ]
    event = vobject.readOne(part.get_payload(decode=True).decode()).vevent
    event.method = part.get_param("method")
    return event


def test_a_change_reaches_whoever_was_invited_under_the_same_name_with_a_higher_number(mails):
    meeting = a_meeting()
    planned(meeting, **INVITED)
    first = file_in(next(mail for mail in mails() if mail.subject.startswith("Invitation")))

    moved_to = add_working_days(meeting.on, 1)
    planned(meeting, at="16:00", meeting_on=moved_to.isoformat())

    changed = [mail for mail in mails() if mail.subject.startswith("Changed")]
    assert sorted(mail.to[0] for mail in changed) == sorted([meeting.request.rep.email, "kim@customer.example"])
    second = file_in(changed[0])
    assert (second.uid.value, second.method) == (first.uid.value, "REQUEST")
    assert second.dtstart.value == datetime.combine(moved_to, time(16, 0), ZoneInfo("Europe/Berlin"))
    assert int(second.sequence.value) > int(first.sequence.value)


def test_who_is_not_expected_any_more_and_who_is_cancelled_gets_a_cancellation(mails):
    meeting = a_meeting()
    planned(meeting, **INVITED)
    mails()

    planned(meeting, theirs=[])
    gone = [(mail.to[0], file_in(mail).method) for mail in mails() if "No longer" in mail.subject]
    take(meeting, "cancel", meeting.request.rep, comment="They are away.")
    over = [
        (mail.to[0], file_in(mail).method, file_in(mail).status.value)
        for mail in mails()
        if "Cancelled" in mail.subject
    ]

    assert gone == [("kim@customer.example", "CANCEL")]
    assert over == [(meeting.request.rep.email, "CANCEL", "CANCELLED")]


def test_nobody_is_invited_without_being_asked_to_nor_told_of_nothing():
    meeting = a_meeting()
    planned(meeting, at="14:30")
    planned(meeting)

    assert not Message.objects.filter(kind="meeting").exists()


def test_an_invitation_names_a_time_and_addresses_are_looked_at():
    meeting = a_meeting()
    client, url = signed_in(meeting.request.rep), reverse("reviews:meeting-plan", args=[meeting.pk])

    answer = client.post(url, typed(meeting, send="on", others="Bo <bo@nowhere>", key="k"))

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Say when it begins: an invitation names the time." in page
    assert "holds no e-mail address that mail can be sent to" in page


def test_the_time_stays_named_once_somebody_has_it_in_their_calendar():
    meeting = planned(a_meeting(), **INVITED)
    client, url = signed_in(meeting.request.rep), reverse("reviews:meeting-plan", args=[meeting.pk])

    answer = client.post(url, typed(meeting, at="", key="k"))

    assert answer.status_code == 400
    assert "whoever was invited has the time in their calendar" in answer.content.decode()


# In the calendar of each


@pytest.mark.demand("features, 14")
def test_a_meeting_stands_in_the_calendar_of_whoever_attends_and_of_nobody_else():
    meeting, guest = a_meeting(), make_user("contributor")
    planned(meeting, another=guest.pk, at="14:30", zone="Europe/Berlin")

    read = {who.pk: calendar(who) for who in (meeting.request.rep, guest, make_user("rep"))}

    uids = {
        pk: [event.uid.value for event in found if event.uid.value == str(meeting.uid)] for pk, found in read.items()
    }
    assert list(uids.values()) == [[str(meeting.uid)], [str(meeting.uid)], []]


def calendar(person):
    url = feed.renew(person, by=person)
    text = Client().get("/" + url.split("/", 3)[3]).content.decode()
    return vobject.readOne(text).contents.get("vevent", [])


@pytest.mark.parametrize(
    ("country", "lives", "zone"),
    [
        ("Germany", "UTC", "Europe/Berlin"), ("USA", "UTC", ""), ("USA", "America/Los_Angeles", "America/Los_Angeles"),
        ("USA", "Europe/Vienna", ""), ("", "Europe/Vienna", "Europe/Vienna"), ("", "UTC", ""),
    ],
)  # fmt: skip
def test_the_zone_is_the_accounts_or_has_to_be_chosen(country, lives, zone):
    account = make_account(country=country, manager=make_user("rep", time_zone=lives))
    meeting = a_meeting(request=make_request("gathering", account=account))

    form = PlanForm(typed(meeting, at="14:30"), meeting=meeting)

    assert stands(meeting)["zone"] == zone
    assert ("zone" in form.errors) == (zone == "")


def test_who_keeps_a_plan_is_told_to_how_many_it_went():
    meeting = a_meeting()
    client, url = signed_in(meeting.request.rep), reverse("reviews:meeting-plan", args=[meeting.pk])

    def keep(**changed):
        answer = client.post(url, typed(fresh(meeting), key=str(changed), **changed), follow=True)
        return [str(message) for message in answer.context["messages"]]

    assert keep(at="14:30") == ["The plan of the meeting is kept. No mail went out."]
    assert keep(send="on") == ["The plan of the meeting is kept. Invitations went to 2 people."]
    assert keep(at="15:30") == ["The plan of the meeting is kept. 2 people were told of the change."]
