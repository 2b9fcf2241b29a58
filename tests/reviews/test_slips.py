"""The slip alarm: a latest safe day passes while the request is still before that stage (M21)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils.timezone import localdate, now

from acr_program.outbox.models import Message
from acr_program.ui.phrases import long_day
from acr_program.workflow.days import add_working_days
from reviews.actions.slipping import raise_slips
from reviews.choices import RequestStatus as S
from reviews.models import Slip
from reviews.pages.whereabouts import whereabouts_of
from reviews.schedule import AHEAD, back_schedule, likely_day, slipped
from tests.factories import fresh, make_account, make_request, office, take
from tests.reviews.work import answer, page_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("M21")]
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PACE = "8 2 4 2 1/8 2 4 5 1 3 2"  # of the process that an office begins with
STAGES = ["submitted", "gathering", "compiling", "in_approval", "printing", "shipped", "delivered"]


def on(day, hour=9):
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), tick=False)


def asked(status="gathering", **fields):
    """A review begun on a Monday in March, with a meeting thirty working days on."""
    with time_machine.travel(MONDAY, tick=False):
        meeting = add_working_days(localdate(), 30)
        return make_request(status, sections=1, meeting_on=meeting, **fields)


def ring(day):
    """The clock comes by on that day."""
    with on(day):
        raise_slips(now())


def day_of(request, stage):
    return next(
        one.by for one in back_schedule(request.meeting_on, request.delivery, request.own_pace) if one.stage == stage
    )


def stages_of(request):
    return list(Slip.objects.filter(request=request).order_by("safe_on").values_list("stage", flat=True))


def told(person):
    return list(
        Message.objects.filter(kind="slip", person=person).order_by("created_at").values_list("subject", flat=True)
    )


def test_the_alarm_comes_the_day_after_the_safe_day_and_not_on_it():
    request = asked()
    safe = day_of(request, "gathering")

    ring(safe)
    before = stages_of(request)
    ring(safe + timedelta(days=1))

    assert before == []
    assert stages_of(request) == ["gathering"]


def test_each_stage_is_told_once_to_the_office_and_the_representative():
    request = asked()
    day = day_of(request, "gathering")

    for after in range(1, 15):
        ring(day + timedelta(days=after))
        ring(day + timedelta(days=after))

    assert stages_of(request)[:2] == ["gathering", "compiling"]
    assert len(told(request.rep)) == len(told(office("admin"))) == len(stages_of(request))
    assert told(request.rep)[0] == f"A stage has slipped: {request}"
    assert told(office("manager")) == []


@pytest.mark.parametrize("delivery", ["digital", "printed"])
@pytest.mark.parametrize("status", [status for status in S if status in AHEAD])
def test_whatever_state_it_is_in_only_what_is_still_ahead_slips(status, delivery):
    """Each state against each stage, long after every safe day: nothing for what is over."""
    behind = {
        "submitted": 0, "returned": 0, "gathering": 1, "compiling": 2, "changes_requested": 2, "in_approval": 3,
        "approved": 4, "printing": 4, "shipped": 6,
    }[status]  # fmt: skip
    every = [one for one in STAGES if delivery == "printed" or one not in ("printing", "shipped")]

    found = [one.stage for one in slipped(status, date(2026, 5, 1), delivery, date(2026, 6, 1), PACE)]

    assert found == [one for one in every if one in STAGES[behind:]]


@pytest.mark.parametrize("status", ["draft", "delivered", "met", "closed", "cancelled"])
def test_nothing_slips_before_it_is_submitted_or_once_it_is_there(status):
    request = asked(status)

    ring(request.meeting_on + timedelta(days=60))

    assert stages_of(request) == []
    assert Message.objects.filter(kind="slip").count() == 0


def test_after_downtime_all_of_it_comes_in_one_mail_a_reader():
    first = asked()
    account = make_account(manager=first.rep)
    second = asked(account=account)
    other = asked("submitted")

    ring(first.meeting_on)

    assert told(first.rep) == ["2 reviews have slipped"]
    assert told(other.rep) == [f"A stage has slipped: {other}"]
    assert told(office("admin")) == ["3 reviews have slipped"]
    text = Message.objects.get(kind="slip", person=first.rep).text
    for line in (str(first), str(second), "Content collected: by", "Compiled: by", "Approved: by"):
        assert line in text


def test_what_is_over_stands_no_more():
    request = asked()
    day = day_of(request, "gathering") + timedelta(days=1)
    ring(day)
    before = list(Slip.objects.standing())
    with on(day, 10):
        answer(request, "We kept our word.")

    assert [slip.stage for slip in before] == ["gathering"]
    assert list(Slip.objects.standing()) == []
    ring(day)
    assert Slip.objects.get().over_at is not None


def test_a_new_plan_slips_anew_and_the_old_alarm_stands_no_more():
    request = asked("returned")
    day = day_of(request, "submitted") + timedelta(days=1)
    ring(day)
    later = add_working_days(request.meeting_on, 10)
    type(request).objects.filter(pk=request.pk).update(meeting_on=later)

    assert list(Slip.objects.standing()) == []
    ring(day_of(fresh(request), "submitted") + timedelta(days=1))
    assert Slip.objects.filter(request=request, stage="submitted").count() == 2
    assert Slip.objects.standing().get().meeting_on == later


def test_it_is_seen_on_the_requests_page_the_board_and_today():
    request = asked()
    day = day_of(request, "gathering") + timedelta(days=1)
    ring(day)

    with on(day, 10):
        page = page_of(request.rep, request)
        board = signed_in(request.rep).get("/reviews/board/").content.decode()
        mine = signed_in(request.rep).get("/").content.decode()
        office_today = signed_in(office("admin")).get("/").context["exceptions"].kinds
        listed = signed_in(office("admin")).get("/exceptions/?kind=slipped").context["listed"]

    assert "Slipped: “Content collected” was to be over by" in page
    assert "Slipped: Content collected" in board
    assert "slipped: Content collected" in mine
    assert [view.count for view in office_today if view.label == "Slipped"] == [1]
    assert [(row.url, row.act) for row in listed] == [(request.get_absolute_url(), "See who has it")]


@pytest.mark.demand("features, 4")
def test_the_representative_reads_who_has_it_since_when_what_is_late_and_why_and_when_it_will_be_there():
    request = asked()
    section = request.contributions.get()
    day = day_of(request, "gathering") + timedelta(days=7)

    with on(day, 10):
        page = page_of(request.rep, request)

    assert "With <b>Program administrator</b> since" in page
    assert "Slipped: “Content collected”" in page
    assert "One section is still missing" in page
    assert f">{section.section.title}</a>: to be written, with {section.contributor.name} since" in page
    likely = add_working_days(day, 2 + 4 + 2)  # compiled, approved, delivered as the plan has it, from today on
    assert f"{likely.day} {likely:%B}" in page
    assert "The customer is likely to have it by" in page


@pytest.mark.parametrize(
    ("delivery", "words"),
    [("digital", "as soon as it is approved: by {day} at the latest"), ("printed", "has it by {day} at the latest")],
)
def test_while_nothing_has_slipped_the_last_safe_day_is_said_to_be_that(delivery, words):
    request = make_request(
        "gathering", delivery=delivery, **({"copies": 5, "ship_to": "Dock 5"} if delivery == "printed" else {})
    )

    said = whereabouts_of(request).likely_said

    day = next(one.by for one in request.schedule if one.stage == "delivered")
    assert words.format(day=long_day(day)) in said
    assert "likely" not in said


@pytest.mark.demand("features, 4")
@pytest.mark.parametrize(
    ("late", "expected"), [(-3, 0), (0, 0), (1, 1), (5, 5)], ids=["early", "on the day", "one day", "a week"]
)
def test_the_likely_day_is_the_plans_and_later_by_as_much_as_the_stage_is_late(late, expected):
    meeting = date(2026, 6, 12)
    plan = {one.stage: one.by for one in back_schedule(meeting, "digital", PACE)}
    today = add_working_days(plan["gathering"], late)

    likely = likely_day("gathering", meeting, "digital", today, PACE)

    assert likely == add_working_days(plan["delivered"], expected)


def test_after_the_meeting_it_says_so():
    request = asked()

    with on(request.meeting_on, 10):
        page = page_of(request.rep, request)

    assert "only, after the meeting on" in page


def test_a_returned_request_slips_with_its_representative():
    request = asked("returned")

    ring(day_of(request, "submitted") + timedelta(days=1))

    assert stages_of(request) == ["submitted"]


def test_cancelled_it_stands_no_more():
    request = asked()
    day = day_of(request, "gathering") + timedelta(days=1)
    ring(day)

    with on(day, 10):
        take(request, "cancel", office("admin"), comment="They moved.")

    assert list(Slip.objects.standing()) == []
