"""One incubation as its page shows it: how it stands, how it went, what it took, what is missing (K-12, K-13, M17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.quarters import label_of
from acr_program.ui.charts import Bar, Bars, Lines
from acr_program.ui.charts import Line as Drawn
from acr_program.ui.phrases import number
from acr_program.workflow.offers import next_step
from reviews.pages.one import OnePage

from ..allowance import Allowance, Side, allowance
from ..choices_incubation import CheckpointStatus, CycleStatus, MeasureKind
from ..incubation_dates import last_complete
from ..incubation_rules import keeps_books, lifts
from ..models import Checkpoint, IncubationCycle, MissingProof, Reading, Spending, Waiver
from ..standing import Line, counted, standing_in

SHOWN = 8
ALL = 100  # percent


@dataclass(frozen=True)
class Row:
    """One measure through the quarters: its line, and the value of each quarter in words, met or not."""

    line: Line
    cells: list[tuple[str, str]]


class CyclePage(OnePage[IncubationCycle]):
    """One incubation, for one reader."""

    @property
    def next(self) -> str:
        return next_step(self.of)

    # How it stands and how it went

    @cached_property
    def lines(self) -> list[Line]:
        return standing_in(self.of)

    @property
    def counted(self) -> str:
        met, asked = counted(self.lines)
        return _("%(met)d of %(asked)d requirements met") % {"met": met, "asked": asked}

    @cached_property
    def quarters(self) -> list[date]:
        """The quarter before the beginning, then those of the checkpoints."""
        own = [row.quarter_begins_on for row in self.checkpoints if row.status != CheckpointStatus.DROPPED]
        return sorted({last_complete(self.of.starts_on), *own})

    @property
    def heads(self) -> list[Any]:
        return [_("Measure"), _("Verdict"), *map(label_of, self.quarters)]

    @property
    def rows(self) -> list[Row]:
        return [Row(line, cells_of(line, self.quarters)) for line in self.lines]

    @cached_property
    def trends(self) -> list[Lines]:
        """A picture for each measure of which two quarters or more are known."""
        return [trend(line, self.quarters) for line in self.lines if len(line.readings) > 1]

    # What it took

    @cached_property
    def allowance(self) -> Allowance:
        return allowance(self.of)

    @property
    def meter(self) -> Bars:
        return meter(self.of, self.allowance, self.lines)

    @cached_property
    def spendings(self) -> list[Spending]:
        return list(self.of.spendings.select_related("by")[: SHOWN + 1])

    @property
    def shown(self) -> list[Spending]:
        return self.spendings[:SHOWN]

    @property
    def has_more(self) -> bool:
        return len(self.spendings) > SHOWN

    @cached_property
    def waivers(self) -> list[Waiver]:
        return list(self.of.waivers.select_related("by"))

    @property
    def keeps_books(self) -> bool:
        return self.of.is_open and keeps_books(self.user, self.of)

    @property
    def may_lift(self) -> bool:
        return self.of.status == CycleStatus.RUNNING and lifts(self.user, self.of.membership)

    # What is measured when, and what is missing

    @cached_property
    def checkpoints(self) -> list[Checkpoint]:
        rows = list(self.of.checkpoints.all())
        for row in rows:
            row.membership, row.cycle = self.of.membership, self.of
        return rows

    @cached_property
    def proofs(self) -> list[MissingProof]:
        return list(self.of.proofs.select_related("shown_by"))


def cells_of(line: Line, quarters: Sequence[date]) -> list[tuple[str, str]]:
    """What was measured in each quarter, and its tone."""
    known = {reading.quarter_begins_on: reading for reading in line.readings}
    return [cell(line, known.get(quarter)) for quarter in quarters]


def cell(line: Line, reading: Reading | None) -> tuple[str, str]:
    if reading is None:
        return "–", "neutral"
    met = line.meets(reading.value)
    tone = {True: "good", False: "bad", None: "neutral"}[met]
    return line.measure.said(reading.value), tone


def trend(line: Line, quarters: Sequence[date]) -> Lines:
    """One measure through the quarters against its target (K-13)."""
    known = {reading.quarter_begins_on: float(reading.value) for reading in line.readings}
    values = [known.get(quarter) for quarter in quarters]
    told = [value for value in values if value is not None]
    words = _("%(title)s: from %(first)s to %(last)s, asked for %(asked)s.")
    said = {
        "title": line.measure.title, "first": line.measure.said(line.readings[0].value), "last": line.said, "asked": line.asked,
    }  # fmt: skip
    low = min([*told, float(line.target or 0), 0])
    return Lines(
        sentence=words % said, points=[label_of(quarter) for quarter in quarters],
        series=[Drawn(line.measure.title, values)], goal=float(line.target) if line.target is not None else None,
        goal_name=_("asked: %(asked)s") % {"asked": line.asked}, unit=line.measure.unit, low=low, head=_("Quarter"),
    )  # fmt: skip


def meter(cycle: IncubationCycle, both: Allowance, lines: Sequence[Line]) -> Bars:
    """How much of the allowance is burnt, beside how far the year and the indicators are: each in percent (M17)."""
    bars = [burnt(side) for side in both.sides if side.most]
    bars.append(Bar(_("The year"), float(cycle.percent_of_year), goal=ALL))
    met, asked = counted(lines)
    if asked:
        bars.append(Bar(_("Requirements met"), 100 * met / asked, goal=ALL))
    indicators = [one for one in lines if one.measure.kind == MeasureKind.INDICATOR and one.percent is not None]
    bars += [Bar(one.measure.title, min(one.percent or 0, ALL), one.tone, goal=ALL) for one in indicators]
    return Bars(
        sentence=said_of(cycle, both, met, asked), bars=bars, unit="%", places=0, head=_("What"), high=ALL,
        value_name=_("Used, over or reached"), beyond_name=_("With what is planned"), goal_name=_("The whole"),
    )  # fmt: skip


def burnt(side: Side) -> Bar:
    tone = side.tone if side.tone != "neutral" else ""
    return Bar(side.label, side.percent_used, tone, beyond=side.percent_taken, goal=ALL)


def said_of(cycle: IncubationCycle, both: Allowance, met: int, asked: int) -> str:
    used = [f"{number(side.percent_used, 0)} % {side.label.lower()}" for side in both.sides if side.most]
    words = ngettext(
        "%(year)d %% of the year is over and %(used)s used; %(met)d of %(asked)d requirement is met.",
        "%(year)d %% of the year is over and %(used)s used; %(met)d of %(asked)d requirements are met.", asked,
    )  # fmt: skip
    return words % {"year": cycle.percent_of_year, "used": _(" and ").join(used), "met": met, "asked": asked}
