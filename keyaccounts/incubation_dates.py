"""The days of an incubation: its four checkpoints, and the quarter of figures that a day looks back on (K-11, K-13)."""

from __future__ import annotations

from datetime import date

from accounts.quarters import quarter_of

from .calendar import months_after
from .choices_incubation import MONTHS_OF_QUARTER, QUARTERS_OF_CYCLE


def last_complete(day: date) -> date:
    """The first day of the last quarter that was over on that day."""
    return months_after(quarter_of(day), -MONTHS_OF_QUARTER)


def checkpoint_days(starts_on: date, ends_on: date) -> list[date]:
    """Three, six and nine months after the beginning, and the end of the year."""
    between = [months_after(starts_on, n * MONTHS_OF_QUARTER) for n in range(1, QUARTERS_OF_CYCLE)]
    return [*between, ends_on]
