"""Counting back from the meeting: the latest safe day of each stage, over working days (M21).

How many working days lie between one stage and the next is the *pace* that a version of the process gives (R-02, G-08): for
each delivery the days before each stage is over, the last the days before the meeting; "8 2 4 2 1/8 2 4 5 1 3 2" for short.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from acr_program.workflow.days import add_working_days, working_days_between

from .choices import Delivery
from .choices import RequestStatus as S

LABELS = {
    S.SUBMITTED: _("Contributors asked"), S.GATHERING: _("Content collected"), S.COMPILING: _("Compiled"),
    S.IN_APPROVAL: _("Approved"), S.PRINTING: _("Printed"), S.SHIPPED: _("Shipped"), S.DELIVERED: _("Delivered"),
    S.MET: _("The meeting"),
}  # fmt: skip
STAGES = [(str(state), label) for state, label in LABELS.items() if state != S.MET]
# What follows the first stage, up to the meeting: each takes so many working days from the end of the one before it.
LEGS = {
    Delivery.DIGITAL: (S.GATHERING, S.COMPILING, S.IN_APPROVAL, S.DELIVERED, S.MET),
    Delivery.PRINTED: (S.GATHERING, S.COMPILING, S.IN_APPROVAL, S.PRINTING, S.SHIPPED, S.DELIVERED, S.MET),
}
MOST_DAYS = 60  # working days of one leg
# What a request is still before, in each state that the clock watches; a returned one waits for its representative.
_ALL = tuple(S(state) for state, _label in STAGES)
AHEAD = {
    S.SUBMITTED: _ALL, S.RETURNED: _ALL, S.GATHERING: _ALL[1:], S.COMPILING: _ALL[2:], S.CHANGES_REQUESTED: _ALL[2:],
    S.IN_APPROVAL: _ALL[3:], S.APPROVED: _ALL[4:], S.PRINTING: _ALL[4:], S.SHIPPED: _ALL[6:],
}  # fmt: skip


class Leg(NamedTuple):
    """What ends it, and the working days from the end of the leg before."""

    ends: S
    days: int


@dataclass(frozen=True)
class Stage:
    """One stage that must be left behind by a day; `stage` is the state it ends."""

    stage: str
    label: str | Promise
    by: date


@lru_cache(maxsize=256)
def legs(pace: str, delivery: str) -> tuple[Leg, ...]:
    """The legs of the way, first to last. Raises ValueError for what is no pace."""
    digital, printed = pace.split("/")
    printing = delivery == Delivery.PRINTED
    states = LEGS[Delivery.PRINTED if printing else Delivery.DIGITAL]
    days = [int(number) for number in (printed if printing else digital).split()]
    return tuple(Leg(state, number) for state, number in zip(states, days, strict=True))


def pace_of(days: dict[tuple[str, str], int]) -> str:
    """The pace with so many days for each delivery and leg."""
    return "/".join(" ".join(str(days[way, state]) for state in states) for way, states in LEGS.items())


def days_of(pace: str) -> dict[tuple[str, str], int]:
    """The other way round: the days by delivery and leg."""
    return {(str(way), str(leg.ends)): leg.days for way in LEGS for leg in legs(pace, way)}


def is_sound(pace: str) -> bool:
    """Whether every leg has at least one working day, and none more than a quarter has."""
    try:
        return all(0 < days <= MOST_DAYS for days in days_of(pace).values())
    except ValueError:
        return False


def back_schedule(meeting_on: date, delivery: str, pace: str) -> list[Stage]:
    """The latest safe day of each stage, earliest first."""
    return list(counted_back(meeting_on, delivery, pace))


@lru_cache(maxsize=2048)
def counted_back(meeting_on: date, delivery: str, pace: str) -> tuple[Stage, ...]:
    """The same, kept: a list asks for the same days row after row."""
    way, day, found = legs(pace, delivery), meeting_on, []
    begun_by = (S.SUBMITTED, *(leg.ends for leg in way))
    for state, leg in reversed(list(zip(begun_by, way, strict=False))):
        day = add_working_days(day, -leg.days)
        found.append(Stage(state, LABELS[state], day))
    return tuple(found[::-1])


def safe_day(meeting_on: date, delivery: str, state: str, pace: str) -> date:
    """The latest safe day of one stage; the meeting's own day for what follows it."""
    return next((stage.by for stage in counted_back(meeting_on, delivery, pace) if stage.stage == state), meeting_on)


def days_for(delivery: str, pace: str, *states: str) -> int:
    """How many working days the plan gives to these stages: from the end of the one before each to its own end."""
    return sum(leg.days for leg in legs(pace, delivery) if leg.ends in states)


def whole_days(delivery: str, pace: str) -> int:
    """How many working days the whole way takes, from the day on which contributors are asked to the meeting."""
    return sum(leg.days for leg in legs(pace, delivery))


def leaves_lead_time(meeting_on: date, delivery: str, today: date, pace: str) -> bool:
    """Whether the first stage can still begin in time."""
    return counted_back(meeting_on, delivery, pace)[0].by >= today


def room(by: date, today: date) -> int:
    """Working days left before that day has passed; below zero when it is late."""
    left = working_days_between(today, by)
    return min(left, -1) if by < today else left  # on a Sunday the Friday before has passed


def slipped(status: str, meeting_on: date, delivery: str, today: date, pace: str) -> list[Stage]:
    """The stages that a request in this state is still before, though their latest safe day has passed."""
    if not (ahead := AHEAD.get(S(status), ())):
        return []
    return [stage for stage in counted_back(meeting_on, delivery, pace) if stage.stage in ahead and stage.by < today]


def first_unsafe_after(paces: Iterable[str], today: date) -> date:
    """A day so far ahead that no stage before a meeting after it can have slipped, at any of these paces."""
    longest = max((whole_days(delivery, pace) for pace in paces for delivery in LEGS), default=0)
    return add_working_days(today, longest + 5)


def likely_day(status: str, meeting_on: date, delivery: str, today: date, pace: str) -> date | None:
    """When the customer is likely to have it: the plan's own day, later by as much as the present stage is late."""
    if not (ahead := AHEAD.get(S(status), ())):
        return None
    stages = [stage for stage in counted_back(meeting_on, delivery, pace) if stage.stage in ahead]
    if not stages:
        return None
    return add_working_days(max(stages[0].by, today), working_days_between(stages[0].by, stages[-1].by))
