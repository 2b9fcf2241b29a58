"""The quarters in which contributors are asked, and how long their word keeps a text fresh (R-09)."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.quarters import label_of, quarter_of
from acr_program.workflow.days import add_working_days

__all__ = ["ends_on", "first_working_day", "following", "fresh_until", "label_of", "preceding", "quarter_of"]


def following(quarter: date) -> date:
    """The first day of the quarter after the one that begins on this day."""
    return quarter_of(quarter + timedelta(days=95))


def preceding(quarter: date) -> date:
    """The first day of the quarter before it."""
    return quarter_of(quarter - timedelta(days=1))


def ends_on(quarter: date) -> date:
    return following(quarter) - timedelta(days=1)


def first_working_day(quarter: date) -> date:
    return add_working_days(quarter, 0)


def fresh_until(confirmed_on: date, quarter: date | None = None) -> date:
    """The last day on which a text counts as fresh: the end of the quarter in which it is asked about next.

    Whoever answers for the quarter that begins on `quarter` before it has begun is asked next in the one after it.
    """
    return ends_on(following(max(quarter_of(confirmed_on), quarter or date.min)))
