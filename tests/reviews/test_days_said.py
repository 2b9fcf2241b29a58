"""Days that have passed are said so: on a Sunday the Friday before is no longer today."""

from datetime import date, timedelta

import pytest

from acr_program.desk.today import today
from acr_program.people.models import User
from reviews.pages.plan import Plan
from tests.factories import make_request
from tests.reviews.work import page_of

FRIDAY = date(2026, 3, 13)
SUNDAY = FRIDAY + timedelta(days=2)


def test_a_stage_that_ended_on_friday_has_passed_on_sunday():
    meeting = next(
        day
        for day in (FRIDAY + timedelta(days=n) for n in range(60))
        if Plan(day, "digital", FRIDAY).rows[0].on == FRIDAY
    )

    said = {on: Plan(meeting, "digital", on).rows[0] for on in (FRIDAY, SUNDAY)}

    assert (said[FRIDAY].note, said[SUNDAY].note) == ("today", "1 working day ago")
    assert (Plan(meeting, "digital", FRIDAY).safe, Plan(meeting, "digital", SUNDAY).safe) == (True, False)
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
