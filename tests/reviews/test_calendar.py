"""The calendar: a month of meetings and due days, narrowed as the list is, at the cost of a list (feature 13)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acr_program.workflow.obligations import Obligation
from reviews.models import ReviewRequest
from tests.factories import make_account, make_request, make_user

pytestmark = pytest.mark.django_db
AT = "/reviews/calendar/?month=2027-02"


def on_day(page, day):
    return [(event.title, event.meets) for week in page.weeks for one in week if one.on == day for event in one.events]


def meeting(day, status="draft", **fields):
    review = make_request(status, **fields)
    ReviewRequest.objects.filter(pk=review.pk).update(meeting_on=day)
    return review


@pytest.mark.demand("features, 13")
def test_meetings_stand_on_their_days_and_cancelled_ones_nowhere(people, as_person):
    review = meeting(date(2027, 2, 10))
    meeting(date(2027, 2, 11), "cancelled")
    meeting(date(2027, 3, 1))

    page = as_person(people["admin"]).get(AT).context["page"]

    assert on_day(page, date(2027, 2, 10)) == [(review.account.name, True)]
    assert list(page.by_day) == [date(2027, 2, 10)]
    assert [week[0].on.weekday() for week in page.weeks] == [0] * 4
    assert ("month=2027-01" in page.previous_url, "month=2027-03" in page.next_url) == (True, True)


def test_what_is_due_stands_with_whoever_has_it(people, as_person):
    review = make_request("submitted")
    duty = Obligation.objects.of(review).open().get()
    Obligation.objects.filter(pk=duty.pk).update(due_at=duty.due_at.replace(year=2027, month=2, day=3))

    page = as_person(people["admin"]).get(AT).context["page"]

    assert on_day(page, date(2027, 2, 3)) == [(duty.title, False)]
    assert "(you)" in page.by_day[date(2027, 2, 3)][0].note


def test_it_shows_what_the_person_may_see_and_the_filters_leave(people, as_person):
    mine = meeting(date(2027, 2, 10), account=make_account(manager=people["rep"]))
    meeting(date(2027, 2, 10), account=make_account(manager=make_user("rep")))

    of_rep = as_person(people["rep"]).get(AT).context["page"]
    narrowed = as_person(people["admin"]).get(f"{AT}&state=submitted")

    assert on_day(of_rep, date(2027, 2, 10)) == [(mine.account.name, True)]
    assert narrowed.context["page"].by_day == {}
    assert '<input type="hidden" name="month" value="2027-02">' in narrowed.content.decode()


@pytest.mark.parametrize("month", ["", "2027-13", "1-1", "2027-02-01", "x' OR 1=1"])
def test_a_month_that_there_is_not_is_this_month(people, as_person, month):
    answer = as_person(people["admin"]).get("/reviews/calendar/", {"month": month})

    assert (answer.status_code, answer.context["page"].first.day) == (200, 1)


def test_it_costs_the_same_for_many_meetings(people, as_person):
    client, costs = as_person(people["admin"]), []
    for number in (1, 6):
        for n in range(number):
            meeting(date(2027, 2, 10 + n), "submitted")
        client.get(AT)
        with CaptureQueriesContext(connection) as queries:
            client.get(AT)
        costs.append(
            len([q for q in queries.captured_queries if not q["sql"].startswith(("SAVEPOINT", "PRAGMA", "RELEASE"))])
        )

    assert costs[0] == costs[1] <= 8
