"""The way to a meeting, counted back from its day, as the form and the record page show it (M21)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.ui.parts import Milestone
from acr_program.ui.phrases import day
from acr_program.workflow.days import add_working_days, is_working, working_days_between
from reviews.choices import Delivery, RequestStatus
from reviews.models import ProcessVersion
from reviews.schedule import Stage, back_schedule, leaves_lead_time, room, whole_days

SOON = 3
LONGEST_WAY = timedelta(days=731)


@dataclass(frozen=True)
class Plan:
    """The latest safe day of each stage before one meeting, at a pace, and what to do where the way is too long."""

    meeting_on: date
    delivery: str
    today: date
    pace: str

    @property
    def rows(self) -> list[Milestone]:
        return list(self._rows())

    def _rows(self) -> Iterator[Milestone]:
        for stage in back_schedule(self.meeting_on, self.delivery, self.pace):
            left = room(stage.by, self.today)
            tone = "bad" if left < 0 else "warn" if left <= SOON and not self.safe else "neutral"
            yield Milestone(on=stage.by, label=self.named(stage), note=distance(left), tone=tone)
        yield Milestone(on=self.meeting_on, label=_("You meet"), mood="goal")

    def named(self, stage: Stage) -> str:
        """A digital document goes out with the last approval: its day is only the latest one."""
        if stage.stage == RequestStatus.DELIVERED and self.delivery == Delivery.DIGITAL:
            return _("Delivered, at the latest")
        return str(stage.label)

    @property
    def safe(self) -> bool:
        return leaves_lead_time(self.meeting_on, self.delivery, self.today, self.pace)

    @property
    def past(self) -> bool:
        return self.meeting_on < self.today

    @property
    def first_safe(self) -> date:
        return first_safe_day(self.delivery, self.today, self.pace)

    @property
    def digital_would_do(self) -> bool:
        """Whether the same day would be safe if nothing had to be printed."""
        digital = (self.meeting_on, Delivery.DIGITAL, self.today, self.pace)
        return self.delivery == Delivery.PRINTED and leaves_lead_time(*digital)

    @property
    def too_soon(self) -> str:
        """The sentence beside a day that is too soon."""
        left = max(working_days_between(self.today, self.meeting_on), 0)
        return _(
            "%(day)s leaves %(left)s; the whole way takes %(whole)s. "
            "Choose %(first)s or later, or say below why it must be sooner."
        ) % {
            "day": day(self.meeting_on), "left": working_days(left), "whole": working_days(whole_days(self.delivery, self.pace)),
            "first": day(self.first_safe),
        }  # fmt: skip


def plan_for(meeting_on: date | None, delivery: str) -> Plan | None:
    """The plan of a meeting that is asked for now, at the pace of the process in force; None while no sensible day is given."""
    today = localdate()
    if meeting_on is None or not today - LONGEST_WAY < meeting_on < today + LONGEST_WAY:
        return None
    delivery = delivery if delivery in Delivery.values else Delivery.DIGITAL
    return Plan(meeting_on, delivery, today, ProcessVersion.objects.in_force().pace)


def first_safe_day(delivery: str, today: date, pace: str) -> date:
    """The first working day on which a meeting leaves every stage its time."""
    on = add_working_days(today, whole_days(delivery, pace))
    while not (is_working(on) and leaves_lead_time(on, delivery, today, pace)):
        on += timedelta(days=1)
    return on


def working_days(number: int) -> str:
    return ngettext("%(n)d working day", "%(n)d working days", number) % {"n": number}


def distance(left: int) -> str:
    """How far a day is from today: 5 working days ago, today, in 9 working days."""
    if left == 0:
        return _("today")
    words = working_days(abs(left))
    return _("in %(days)s") % {"days": words} if left > 0 else _("%(days)s ago") % {"days": words}
