"""Saying that the meeting was held: on a day that can be."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from acr_program.ui.phrases import day as said_day
from tests.factories import fresh, make_request, office, take
from tests.reviews.work import signed_in

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 16)


def held_on(request, day, **more):
    url = f"{request.get_absolute_url()}steps/hold_meeting/"
    given = {"met_on": day.isoformat(), "attendees": "Kim, Robin", **more}
    return signed_in(request.rep).post(url, {"seen": fresh(request).version, "key": "k", **given}, follow=True)


@pytest.fixture
def delivered(later):
    """A review that its customer has since Friday, to be talked over on Monday; it is Monday."""
    later.to(MONDAY - timedelta(days=3))
    request = make_request("delivered", meeting_on=MONDAY, short_notice_reason="They asked.")
    later.to(MONDAY)
    return request


@pytest.mark.parametrize(("ago", "said"), [(4, "was delivered on Friday 13 March 2026"), (-1, "still ahead")])
def test_a_day_before_the_delivery_or_after_today_is_refused_in_a_sentence(delivered, ago, said):
    answer = held_on(delivered, localdate() - timedelta(days=ago))

    assert (answer.status_code, fresh(delivered).status) == (400, "delivered")
    assert said in answer.content.decode()


@pytest.mark.parametrize(("ago", "asked"), [(0, False), (1, True), (2, True), (3, False)])
def test_a_weekend_is_taken_once_it_is_ticked(delivered, ago, asked):
    day = localdate() - timedelta(days=ago)
    answer = held_on(delivered, day)

    page = answer.content.decode()
    assert ("That is really the day" in page) == asked
    if asked:
        assert (answer.status_code, fresh(delivered).status) == (400, "delivered")
        assert "is on a weekend. Tick it if that is right, or choose the day again." in page
        answer = held_on(delivered, day, really="on")
    assert [str(message) for message in answer.context["messages"]] == [
        f"The meeting was held: {delivered}. The program office closes the review with what the customer said."
    ]
    assert (fresh(delivered).status, fresh(delivered).met_on) == ("met", day)


def test_a_day_well_before_the_plan_is_taken_once_it_is_ticked(later):
    later.to(MONDAY - timedelta(days=3))
    planned = MONDAY + timedelta(days=11)
    request = make_request("delivered", meeting_on=planned, short_notice_reason="They asked.")
    later.to(MONDAY)

    answer = held_on(request, MONDAY)

    assert "well before Friday 27 March 2026, for which the meeting was planned." in answer.content.decode()
    assert fresh(request).status == "delivered"
    held_on(request, MONDAY, really="on")
    assert fresh(request).met_on == MONDAY
    column = signed_in(office("admin")).get("/reviews/").content.decode()
    assert f"planned for {said_day(request.meeting_on)}" in column


def test_copies_may_be_talked_over_before_their_delivery_is_confirmed(later):
    later.to(MONDAY - timedelta(days=6))
    request = make_request("shipped", meeting_on=MONDAY - timedelta(days=3), short_notice_reason="They asked.")
    later.to(MONDAY)
    take(request, "confirm_delivery", request.rep)

    refused = held_on(request, MONDAY - timedelta(days=7))
    held_on(request, MONDAY - timedelta(days=3))

    assert "The document was approved on Tuesday 10 March 2026" in refused.content.decode()
    assert fresh(request).met_on == MONDAY - timedelta(days=3)


def test_the_planned_day_is_filled_in_and_the_hint_is_ready_before_it_is_sent(delivered):
    page = signed_in(delivered.rep).get(f"{delivered.get_absolute_url()}steps/hold_meeting/").content.decode()

    assert 'data-weekend="That day is on a weekend: look whether it is the right one."' in page
    assert 'value="2026-03-16"' in page
    assert "That is really the day" not in page
