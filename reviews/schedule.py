"""Counting back from the meeting: the latest safe day of each stage, over working days (M21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from acr_program.workflow.days import add_working_days, working_days_between

from .choices import Delivery
from .choices import RequestStatus as S

DIGITAL = ((S.DELIVERED, _("Delivered"), 1), (S.IN_APPROVAL, _("Approved"), 2), (S.COMPILING, _("Compiled"), 4),
           (S.GATHERING, _("Content collected"), 2), (S.SUBMITTED, _("Contributors asked"), 8))  # fmt: skip
PRINTED = ((S.DELIVERED, _("Delivered"), 2), (S.SHIPPED, _("Shipped"), 3), (S.PRINTING, _("Printed"), 1),
           (S.IN_APPROVAL, _("Approved"), 5), (S.COMPILING, _("Compiled"), 4),
           (S.GATHERING, _("Content collected"), 2), (S.SUBMITTED, _("Contributors asked"), 8))  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One stage that must be left behind by a day; `stage` is the state it ends."""

    stage: str
    label: str | Promise
    by: date


def back_schedule(meeting_on: date, delivery: str) -> list[Stage]:
    """The latest safe day of each stage, earliest first."""
    return list(counted_back(meeting_on, delivery))


@lru_cache(maxsize=2048)
def counted_back(meeting_on: date, delivery: str) -> tuple[Stage, ...]:
    """The same, kept: a list asks for the same days row after row."""
    day, found = meeting_on, []
    for state, label, days in PRINTED if delivery == Delivery.PRINTED else DIGITAL:
        day = add_working_days(day, -days)
        found.append(Stage(state, label, day))
    return tuple(found[::-1])


def safe_day(meeting_on: date, delivery: str, state: str) -> date:
    """The latest safe day of one stage; the meeting's own day for what follows it."""
    return next((stage.by for stage in counted_back(meeting_on, delivery) if stage.stage == state), meeting_on)


def leaves_lead_time(meeting_on: date, delivery: str, today: date) -> bool:
    """Whether the first stage can still begin in time."""
    return back_schedule(meeting_on, delivery)[0].by >= today


def room(by: date, today: date) -> int:
    """Working days left before that day has passed; below zero when it is late."""
    left = working_days_between(today, by)
    return min(left, -1) if by < today else left  # on a Sunday the Friday before has passed
