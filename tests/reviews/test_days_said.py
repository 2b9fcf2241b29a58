"""Days that have passed are said so: on a Sunday the Friday before is no longer today."""

from datetime import date, timedelta

import pytest

from acr_program.desk.today import today
from acr_program.people.models import User
from reviews.pages.plan import Plan
from tests.factories import make_request
from tests.reviews.work import page_of

PACE = "8 2 4 2 1/8 2 4 5 1 3 2"  # of the process that an office begins with
FRIDAY = date(2026, 3, 13)
SUNDAY = FRIDAY + timedelta(days=2)


def test_a_stage_that_ended_on_friday_has_passed_on_sunday():
    meeting = next(
        day
        for day in (FRIDAY + timedelta(days=n) for n in range(60))
        if Plan(day, "digital", FRIDAY, PACE).rows[0].on == FRIDAY
    )

    said = {on: Plan(meeting, "digital", on, PACE).rows[0] for on in (FRIDAY, SUNDAY)}

    assert (said[FRIDAY].note, said[SUNDAY].note) == ("today", "1 working day ago")
    assert (Plan(meeting, "digital", FRIDAY, PACE).safe, Plan(meeting, "digital", SUNDAY, PACE).safe) == (True, False)
    assert said[SUNDAY].tone == "bad"


@pytest.mark.django_db
def test_what_is_past_is_said_in_the_past(later):
    later.to(FRIDAY - timedelta(days=30))
    request = make_request("gathering")
    writer = request.contributions.order_by("section__place")[0].contributor
    later.to(request.content_by + timedelta(days=1))

    page = page_of(request.rep, request)
    first = today(User.objects.get(pk=writer.pk)).first

    assert "the latest safe day of this stage was " in page
    assert " and was due on " in first.why


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "said"), [(0, "the meeting is on "), (1, "the meeting was to be on ")])
def test_a_delivered_review_is_late_only_behind_its_meeting(later, days, said):
    later.to(FRIDAY - timedelta(days=30))
    request = make_request("delivered")
    later.to(request.meeting_on + timedelta(days=days))

    page = page_of(request.rep, request)

    assert said in page
    assert ("1 working day late" in page) is (days > 0)
