"""Working days: Monday to Friday, as the office works."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_default_timezone, localdate, make_aware

OPEN, CLOSE = time(8, 0), time(18, 0)


def is_working(day: date) -> bool:
    return day.weekday() < 5


def add_working_days(day: date, count: int) -> date:
    """The day so many working days on, or back where count is below zero; zero gives the day or the next working one."""
    way = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left or not is_working(day):
        day += way
        if is_working(day) and left:
            left -= 1
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after first, up to last; below zero where last is the earlier."""
    if last < first:
        return -working_days_between(last, first)
    weeks, rest = divmod((last - first).days, 7)
    return weeks * 5 + sum(is_working(first + timedelta(days=step)) for step in range(1, rest + 1))


def close_of(day: date) -> datetime:
    """The moment by which something due on that day is due."""
    return make_aware(datetime.combine(day, CLOSE), get_default_timezone())


def morning_of(day: date) -> datetime:
    """The moment at which reminders of that day go out."""
    return make_aware(datetime.combine(day, OPEN), get_default_timezone())


def due_in(count: int, start: date | None = None) -> datetime:
    """The close of business so many working days from today."""
    return close_of(add_working_days(start or localdate(), count))
