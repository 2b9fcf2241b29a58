"""Working days, as obligations and schedules count them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acr_program.workflow.days import add_working_days, close_of, is_working, morning_of, working_days_between

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2027, 3, 3), 2, date(2027, 3, 5)),  # Wednesday to Friday
        (date(2027, 3, 5), 1, date(2027, 3, 8)),  # Friday to Monday
        (date(2027, 3, 6), 1, date(2027, 3, 8)),  # Saturday: Monday is the first
        (date(2027, 3, 6), 0, date(2027, 3, 8)),
        (date(2027, 3, 3), 0, date(2027, 3, 3)),
        (date(2027, 3, 8), -1, date(2027, 3, 5)),
        (date(2027, 3, 3), -5, date(2027, 2, 24)),
        (date(2027, 3, 3), 10, date(2027, 3, 17)),
    ],
)
def test_working_days_leave_weekends_out(day, count, expected):
    assert add_working_days(day, count) == expected


@given(DAYS, st.integers(1, 60))
def test_there_and_counted_back_is_the_same(day, count):
    end = add_working_days(day, count)

    assert is_working(end)
    assert working_days_between(day, end) == count
    assert working_days_between(end, day) == -count


def test_a_day_closes_at_six_and_begins_at_eight_in_the_programs_zone(settings):
    settings.TIME_ZONE = "America/New_York"
    zone = ZoneInfo("America/New_York")

    assert close_of(date(2027, 3, 12)) == datetime(2027, 3, 12, 18, tzinfo=zone)
    assert morning_of(date(2027, 3, 15)) == datetime(2027, 3, 15, 8, tzinfo=zone)  # after the clocks went forward
