"""Saying that the meeting was held: on a day that can be."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from tests.factories import fresh, make_request
from tests.reviews.work import signed_in

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 16)


def held_on(request, day):
    url = f"{request.get_absolute_url()}steps/hold_meeting/"
    given = {"met_on": day.isoformat(), "attendees": "Kim, Robin", "rep_feedback": "It went well."}
    return signed_in(request.rep).post(url, {"seen": fresh(request).version, "key": "k", **given}, follow=True)


@pytest.fixture
def delivered(later):
    """A review that its customer has since Friday; it is Monday."""
    later.to(MONDAY - timedelta(days=3))
    request = make_request("delivered")
    later.to(MONDAY)
    return request


@pytest.mark.parametrize(("ago", "said"), [(4, "was delivered on Friday 13 March 2026"), (-1, "still ahead")])
def test_a_day_before_the_delivery_or_after_today_is_refused_in_a_sentence(delivered, ago, said):
    answer = held_on(delivered, localdate() - timedelta(days=ago))

    assert (answer.status_code, fresh(delivered).status) == (400, "delivered")
    assert said in answer.content.decode()


@pytest.mark.parametrize(("ago", "hinted"), [(0, False), (1, True), (2, True), (3, False)])
def test_a_weekend_is_taken_with_a_hint(delivered, ago, hinted):
    answer = held_on(delivered, localdate() - timedelta(days=ago))

    said = [str(message) for message in answer.context["messages"]]
    assert fresh(delivered).status == "met"
    assert said[0] == (
        f"The meeting was held: {delivered}. The program office closes the review with what the customer said."
    )
    assert any("is on a weekend" in sentence for sentence in said[1:]) == hinted


def test_the_page_has_the_hint_ready_before_it_is_sent(delivered):
    page = signed_in(delivered.rep).get(f"{delivered.get_absolute_url()}steps/hold_meeting/").content.decode()

    assert 'data-weekend="That day is on a weekend: look whether it is the right one."' in page
