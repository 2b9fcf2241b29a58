"""A plan as its pages show it: the whole with its nine parts, one part with all that stands in it, what changed (N4.1 to N4.7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.pages import length_of
from acr_program.desk.beside.showing import Beside
from acr_program.ui.parts import Crumb, Fragment
from acr_program.workflow.offers import next_step
from reviews.pages.one import OnePage

from ..choices_plan import PlanStatus, Side, Subject
from ..models import AccountPlan, Contributor, PlanConfirmation, PlanReading, PlanSnapshot
from ..models.plan_row import Part
from ..plan_rules import account_side, confirmations_of, may_write, on_team
from .changes import PartChanges, changes
from .confirming import agreed_version
from .content import content_of
from .format import BY_KEY, PartFormat, fresh_since
from .kinds import Kind, kinds_of
from .panels import panels_of
from .quality import Quality, quality_of


@dataclass(frozen=True)
class PartLine:
    """One of the nine on the plan's page: its age, who contributes, and what to mend next."""

    part: Part
    format: PartFormat
    quality: Quality
    contributors: tuple[Contributor, ...]

    @property
    def url(self) -> str:
        return reverse("keyaccounts:plan-part", args=[self.part.plan_id, self.part.key])

    @property
    def touched(self) -> datetime | None:
        return self.part.touched_at

    @property
    def is_stale(self) -> bool:
        return self.touched is not None and self.touched < fresh_since()

    @property
    def state(self) -> tuple[str, str]:
        """In a word, with its tone (N4.1)."""
        if self.touched is None:
            return _("Untouched"), "bad"
        if self.is_stale:
            return _("Stale"), "warn"
        return (_("Complete"), "good") if not self.quality.open else (_("Open ends"), "info")

    @property
    def mend(self) -> str:
        found = self.quality.mends(self.part.key)
        return str(self.quality.open[0].says) if found else ""

    def of_side(self, side: str) -> list[str]:
        return [str(one) for one in self.contributors if one.side == side]

    @property
    def inside(self) -> str:
        return ", ".join(self.of_side(Side.INSIDE))

    @property
    def outside(self) -> str:
        return ", ".join(self.of_side(Side.OUTSIDE))


def lines_of(plan: AccountPlan) -> list[PartLine]:
    """The nine parts in their order; three queries."""
    quality, by_part = quality_of(plan), defaultdict(list)
    for one in Contributor.objects.filter(plan=plan).select_related("person"):
        by_part[one.part].append(one)
    parts = {one.key: one for one in Part.objects.filter(plan=plan).select_related("touched_by", "changed_by")}
    return [
        PartLine(parts[key], form, quality.of(key), tuple(by_part[key])) for key, form in BY_KEY.items() if key in parts
    ]


class PlanPage(OnePage[AccountPlan]):
    """A whole plan, for one reader."""

    @property
    def next(self) -> str:
        return next_step(self.of)

    @property
    def length(self) -> str:
        """How long the account has been a customer, as its own page says it (N3.4, N4.3)."""
        return length_of(self.of.account.customer_since, localdate())

    @cached_property
    def quality(self) -> Quality:
        return quality_of(self.of)

    @cached_property
    def parts(self) -> list[PartLine]:
        return lines_of(self.of)

    @property
    def mend(self) -> str:
        """What to mend next: the heaviest of what the format demands (feature 76)."""
        return str(self.quality.open[0].says) if self.quality.open else ""

    @cached_property
    def may_write(self) -> bool:
        return may_write(self.user, self.of)

    @property
    def may_confirm(self) -> bool:
        """The customer confirmed it to us."""
        return self.of.status == PlanStatus.SHARED and account_side(self.user, self.of) and bool(self.open_subjects)

    @cached_property
    def versions(self) -> list[PlanSnapshot]:
        return list(self.of.snapshots.defer("content").select_related("made_by")[:10])

    @cached_property
    def confirmations(self) -> list[PlanConfirmation]:
        """Of the version that the customer was shown last (N7.6)."""
        return confirmations_of(self.of)

    @cached_property
    def open_subjects(self) -> list[str]:
        said = {one.subject for one in self.confirmations}
        return [str(one.label) for one in Subject if one not in said]

    @cached_property
    def readings(self) -> list[PlanReading]:
        """Who opened it, and who is to (N4.4, N7.1)."""
        return list(self.of.readings.select_related("person").order_by("-last_at", "pk")[:30])

    @property
    def keeps_reading(self) -> bool:
        """Whether it is still to be kept that this reader opened it today."""
        mine = (one for one in self.readings if one.person_id == self.user.pk and one.last_at)
        return not any(localdate(one.last_at) == localdate() for one in mine)

    @cached_property
    def beside(self) -> Beside:
        return Beside(self.of, self.user)


@dataclass(frozen=True)
class Cell:
    label: Any
    html: Any
    attrs: Any


@dataclass(frozen=True)
class Line:
    """A row as a list shows it."""

    row: Any
    cells: list[Cell]
    remark: str
    url: str


@dataclass(frozen=True)
class Listed:
    """The rows of one kind on the page of its part."""

    kind: Kind
    lines: list[Line]
    add_url: str

    @property
    def heads(self) -> list[Any]:
        return [column.label for column in self.kind.columns]


def listed(plan: AccountPlan, kind: Kind, part: str, writes: bool, rows: Iterable[Any] | None = None) -> Listed:
    """One query; none where the rows are read already."""
    lines = []
    for row in kind.rows(plan) if rows is None else rows:
        cells = [Cell(column.label, column.cell(row), column.attrs) for column in kind.columns]
        changes = writes and not kind.final
        url = reverse("keyaccounts:plan-row", args=[plan.pk, kind.key, row.pk]) if changes else ""
        lines.append(Line(row, cells, kind.remark(row) if kind.remark else "", url))
    add = reverse("keyaccounts:plan-add", args=[plan.pk, kind.key]) if writes and not kind.fixed else ""
    return Listed(kind, lines, f"{add}?part={part}" if add and not kind.part else add)


@dataclass
class PartPage:
    """One part: its words, its lists, its panels, who contributes and what it demands."""

    of: AccountPlan
    key: str
    user: Any

    @property
    def format(self) -> PartFormat:
        return BY_KEY[self.key]

    @cached_property
    def may_write(self) -> bool:
        return may_write(self.user, self.of)

    @cached_property
    def part(self) -> Part:
        found: Part = Part.objects.select_related("touched_by", "changed_by").get(plan=self.of, key=self.key)
        return found

    @cached_property
    def line(self) -> PartLine:
        return PartLine(self.part, self.format, quality_of(self.of).of(self.key), tuple(self.named))

    @cached_property
    def named(self) -> list[Contributor]:
        from .parts.every import CONTRIBUTORS

        return [one for one in CONTRIBUTORS.read(self.of) if one.part == self.key]

    @cached_property
    def contributors(self) -> Listed:
        from .parts.every import CONTRIBUTORS

        return listed(self.of, CONTRIBUTORS, self.key, self.may_write, self.named)

    @cached_property
    def lists(self) -> list[Listed]:
        return [listed(self.of, one, self.key, self.writes(one), one.read(self.of)) for one in kinds_of(self.key)]

    def writes(self, kind: Kind) -> bool:
        return self.may_write if kind.writer is on_team else kind.may_write(self.user, self.of)

    @cached_property
    def panels(self) -> list[Fragment]:
        return panels_of(self.key, self.of, self.user)

    @property
    def text_url(self) -> str:
        return reverse("keyaccounts:plan-row", args=[self.of.pk, "text", self.part.pk]) if self.may_write else ""

    @property
    def others(self) -> list[PartFormat]:
        return list(BY_KEY.values())

    @property
    def way(self) -> list[Crumb]:
        return [*way_to(self.of), Crumb(self.of, self.of.get_absolute_url())]


@dataclass(frozen=True)
class Since:
    """What changed since a version: the last one agreed, or any other by its number."""

    version: PlanSnapshot | None
    parts: list[PartChanges]


def since(plan: AccountPlan, number: int | None = None) -> Since:
    version = plan.snapshots.filter(number=number).first() if number else agreed_version(plan)
    return Since(version, changes(version.content, content_of(plan)) if version else [])


def way_to(plan: AccountPlan) -> list[Crumb]:
    return [
        Crumb(_("Account plans"), reverse("keyaccounts:plans")),
        Crumb(plan.account.name, plan.membership.get_absolute_url()),
    ]
