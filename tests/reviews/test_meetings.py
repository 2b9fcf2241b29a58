"""The meeting: planned with its review, moved with it, held and cancelled with it; invitations, readiness, notes (R-26)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from acr_program.workflow.days import add_working_days, close_of
from acr_program.workflow.errors import Refused, Stale
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from reviews import readiness
from reviews.actions.meeting import plan, plan_anew
from reviews.actions.slipping import raise_slips
from reviews.forms.meeting import PlanForm
from reviews.models import Document, FollowUp, Slip
from tests.factories import fresh, make_account, make_request, make_user, office, take
from tests.reviews.meetings import INVITED, a_meeting, guests, planned, typed
from tests.reviews.promises import a_follow_up
from tests.reviews.work import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-26")]


# Planned, moved, held, cancelled with the review


def test_an_accepted_request_has_a_meeting_with_both_sides_on_its_day():
    request = make_request("gathering")

    meeting = request.meetings.get()

    assert (meeting.status, meeting.on, meeting.at) == ("planned", request.meeting_on, None)
    assert guests(meeting) == [request.rep.name, request.recipient.name]
    assert list(verify()) == []


def test_moving_it_moves_the_review_its_plan_and_what_is_due():
    meeting = a_meeting(at="gathering")
    later_on = add_working_days(meeting.on, 10)

    planned(meeting, meeting_on=later_on.isoformat(), meeting_place="Lyon")

    request = fresh(meeting.request)
    assert (request.meeting_on, request.meeting_place, fresh(meeting).on) == (later_on, "Lyon", later_on)
    part = request.contributions.first()
    [due] = Obligation.objects.of(part).open().values_list("due_at", flat=True)
    assert due == close_of(request.content_by)
    assert part.meeting_on == later_on
    assert list(verify()) == []


def test_a_day_too_near_is_taken_with_a_warning_and_raises_the_alarm_as_ever():
    meeting = a_meeting(at="gathering")
    near = add_working_days(localdate(), 3)
    client, url = signed_in(meeting.request.rep), reverse("reviews:meeting-plan", args=[meeting.pk])

    answer = client.post(url, typed(meeting, meeting_on=near.isoformat(), key="k"), follow=True)
    raise_slips(now())

    assert "With this day the review is late already for: " in str([str(m) for m in answer.context["messages"]])
    assert set(Slip.objects.values_list("meeting_on", flat=True)) == {near}


def test_two_who_plan_at_once_the_second_is_told():
    meeting = a_meeting()
    planned(meeting, agenda="First.")

    with pytest.raises(Stale):
        stale_plan(meeting)

    assert fresh(meeting).agenda == "First."


def stale_plan(meeting):
    form = PlanForm(typed(fresh(meeting), agenda="Second."), meeting=fresh(meeting))
    assert form.is_valid()
    plan(meeting, by=meeting.request.rep, seen=meeting.version, key=None, **form.values())


@pytest.mark.demand("features, 60")
def test_held_with_the_review_it_keeps_who_came_what_was_shown_and_the_outcome():
    meeting = a_meeting()
    request, (rep, contact) = meeting.request, meeting.attendees.all()
    sealed = Document.objects.get(request=request, status="sealed")
    given = {
        "met_on": localdate().isoformat(), "really": "on", "came": [contact.pk], "attendees": "Robin", "shown": sealed.pk,
        "outcome": "They stay.", "seen": request.version, "key": "k",
    }  # fmt: skip

    signed_in(request.rep).post(f"{request.get_absolute_url()}steps/hold_meeting/", given)

    meeting, request = fresh(meeting), fresh(request)
    assert (meeting.status, request.status, meeting.held_on) == ("held", "met", request.met_on)
    assert (meeting.shown, meeting.outcome, meeting.others) == (sealed, "They stay.", "Robin")
    assert [(one.name, one.came) for one in meeting.attendees.all()] == [(rep.name, False), (contact.name, True)]
    assert request.attendees == f"{contact.name}, Robin"
    assert list(verify()) == []


def test_only_a_sealed_document_of_this_review_can_have_been_shown():
    meeting, other = a_meeting(), make_request("delivered")
    foreign = Document.objects.get(request=other, status="sealed")

    with pytest.raises(Refused, match="Only a sealed document of this review"):
        take(
            meeting.request, "hold_meeting", meeting.request.rep, met_on=localdate(), attendees="Kim",
            shown=foreign,
        )  # fmt: skip

    assert (fresh(meeting).status, fresh(meeting.request).status) == ("planned", "delivered")


def test_a_meeting_is_held_through_the_review_alone():
    meeting = a_meeting()

    answer = signed_in(meeting.request.rep).post(f"{meeting.get_absolute_url()}steps/hold/", {"seen": meeting.version})

    assert (answer.status_code, fresh(meeting).status) == (403, "planned")


def test_cancelled_with_its_review():
    meeting = a_meeting(at="gathering")

    take(meeting.request, "cancel", meeting.request.rep, comment="They have other plans.")

    assert fresh(meeting).status == "cancelled"


def test_after_a_cancelled_one_another_is_planned_and_only_one_stands():
    meeting = a_meeting("cancelled")
    client, url = signed_in(meeting.request.rep), reverse("reviews:plan-meeting", args=[meeting.request_id])

    client.post(url, {"key": "k"})
    client.post(url, {"key": "other"})

    assert list(meeting.request.meetings.order_by("pk").values_list("status", flat=True)) == ["cancelled", "planned"]


def test_before_it_is_accepted_the_requests_own_form_says_the_day():
    with pytest.raises(Refused, match="once the office has accepted"):
        plan_anew(make_request("submitted"), by=office("admin"))


@pytest.mark.parametrize(
    ("who", "status"), [("rep", 200), ("admin", 200), ("auditor", 403), ("leader", 403), ("stranger", 404)]
)
def test_who_may_plan(people, who, status):
    meeting = a_meeting(request=make_request("gathering", account=make_account(manager=people["rep"])))

    assert signed_in(people[who]).get(reverse("reviews:meeting-plan", args=[meeting.pk])).status_code == status


# Readiness


@pytest.mark.demand("R-27")
def test_what_is_missing_is_named_and_stops_nobody(people):
    request = make_request("gathering", account=make_account(manager=people["rep"]))
    meeting = a_meeting(request=request)
    before = make_request("delivered", account=request.account, audience="operational")
    a_follow_up(people["rep"], request=before, what="Fix the dock.")

    page = signed_in(people["leader"]).get(meeting.get_absolute_url()).content.decode()

    found = {result.label: result.missing for result in readiness.readiness_of(meeting)}
    assert found == {
        "Time and place are said": "Still to be said: the time and the place or a link.",
        "The document is with the customer": "The document is not with the customer yet; the review is at “Gathering”.",
        "Those who attend are named and invited": "Not invited yet: Rita Rep and Kim Kunde.",
        "What was promised before is done": "The customer will ask about what is still open from earlier reviews: “Fix the dock.”",
        "The agenda is there": "There is no agenda.",
        "The representative has the training": "",
    }
    assert "5 things are missing" in page
    assert "Fix the dock." in page


def test_a_meeting_that_is_ready_lacks_nothing():
    meeting = planned(a_meeting(), **INVITED)

    assert [result.missing for result in readiness.readiness_of(fresh(meeting))] == [""] * 6


def test_an_app_puts_a_line_on_the_list(monkeypatch):
    monkeypatch.setattr(readiness, "_checks", dict(readiness._checks))
    readiness.register(readiness.Check("training", "Whoever holds it is trained", lambda meeting: "Rita is not."))

    assert readiness.readiness_of(a_meeting())[-1] == readiness.Result(
        "Whoever holds it is trained", "Rita is not.", ""
    )


# Notes


@pytest.mark.demand("features, 62")
def test_a_note_is_made_a_follow_up_in_one_act_and_both_know_of_it(mails):
    meeting, owner = a_meeting(), make_user("contributor", name="Cora")
    client, day = signed_in(meeting.request.rep), localdate() + timedelta(days=30)
    client.post(reverse("reviews:meeting-note", args=[meeting.pk]), {"text": "The dock is too narrow.", "key": "n"})
    note = meeting.notes.get()
    url = reverse("reviews:meeting-mark", args=[meeting.pk, note.pk])

    given = {"what": "Widen the dock.", "owner": owner.pk, "due_on": day.isoformat()}
    client.post(url, given | {"key": "k"})
    again = client.post(url, given | {"key": "other"})

    made = FollowUp.objects.get(noted_in=note)
    assert (made.what, made.owner, made.due_on, made.request) == ("Widen the dock.", owner, day, meeting.request)
    assert (again.status_code, FollowUp.objects.count()) == (409, 1)
    page, beside = (client.get(thing.get_absolute_url()).content.decode() for thing in (meeting, made))
    assert "<mark>The dock is too narrow.</mark>" in page
    assert made.get_absolute_url() in page
    assert meeting.get_absolute_url() in beside
    assert [mail.to for mail in mails() if "Widen the dock." in mail.subject] == [[owner.email]]


def test_of_a_cancelled_meeting_nothing_is_noted():
    meeting = a_meeting("cancelled")

    signed_in(meeting.request.rep).post(
        reverse("reviews:meeting-note", args=[meeting.pk]), {"text": "Late.", "key": "n"}
    )

    assert not meeting.notes.exists()


# The page


def test_the_outcome_can_be_written_later():
    meeting = a_meeting("held")
    client, url = signed_in(meeting.request.rep), reverse("reviews:meeting-outcome", args=[meeting.pk])

    client.post(url, {"outcome": "They stay for three years.", "seen": meeting.version, "key": "k"})

    assert fresh(meeting).outcome == "They stay for three years."
    assert "They stay for three years." in client.get(meeting.get_absolute_url()).content.decode()


def test_whoever_of_ours_attends_sees_the_meeting_and_not_the_review():
    meeting, guest = a_meeting(), make_user("contributor")
    planned(meeting, another=guest.pk)
    client = signed_in(guest)

    page = client.get(meeting.get_absolute_url())

    assert (page.status_code, client.get(meeting.request.get_absolute_url()).status_code) == (200, 404)
    assert meeting.request.get_absolute_url() not in page.content.decode()
