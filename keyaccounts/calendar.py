"""Quarters, and days a number of months away."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

MONTHS_A_YEAR = 12


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later; the month's last where it is shorter."""
    years, month = divmod(day.month - 1 + months, MONTHS_A_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def a_year_after(day: date) -> date:
    return months_after(day, MONTHS_A_YEAR)


def quarter_of(day: date) -> tuple[int, int]:
    """Year and number of the quarter."""
    return day.year, (day.month - 1) // 3 + 1


def quarter_begins(year: int, quarter: int) -> date:
    return date(year, 3 * quarter - 2, 1)


def quarter_ends(year: int, quarter: int) -> date:
    return months_after(quarter_begins(year, quarter), 3) - timedelta(days=1)
