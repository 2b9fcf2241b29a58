"""How an account stands against what is asked of it: each measure with its target, value, date and whether it is met.

The same lines serve the page, the panel's packet, the customer's letter and the assessment kept with each outcome (K-05).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from .calendar import months_after
from .choices_incubation import Direction, MeasureKind, Threshold
from .incubation_dates import last_complete
from .incubation_needs import standard_in_force
from .incubation_rules import meets
from .models import Checkpoint, IncubationCycle, Measure, Membership, Reading, Standard
from .models.standard import measures_of

MONTHS_BACK = 9  # before the last complete quarter: with it, a year


@dataclass(frozen=True)
class Line:
    """One measure as it stands: `value` and `date` are None while nobody has told or computed it, `met` is then None too.

    A requirement or indicator is met by its newest value. A checkpoint is met if it held at every quarter that was asked
    about: where it did in all that are known and one is not, `met` is None.
    """

    measure: Measure
    target: Decimal | None
    readings: tuple[Reading, ...]
    met: bool | None

    @property
    def reading(self) -> Reading | None:
        return self.readings[-1] if self.readings else None

    @property
    def value(self) -> Decimal | None:
        return self.reading.value if self.reading else None

    @property
    def date(self) -> date | None:
        return self.reading.as_of if self.reading else None

    @property
    def source(self) -> str:
        return self.reading.source if self.reading else ""

    def meets(self, value: Decimal) -> bool | None:
        """Whether this value would do."""
        return meets(value, self.target, self.measure.direction)

    @property
    def decides(self) -> bool:
        return self.measure.decides and self.target is not None

    @property
    def said(self) -> str:
        return self.measure.said(self.value)

    @property
    def asked(self) -> str:
        """The target in words."""
        return self.measure.asks(self.target)

    @property
    def verdict(self) -> str:
        if self.target is None:
            return _("Watched")
        unknown = _("Not known") if self.value is None else _("Not known in every quarter")
        return {True: _("Met"), False: _("Not met"), None: unknown}[self.met]

    @property
    def tone(self) -> str:
        if self.target is None or (self.met is None and not self.decides):
            return "neutral"
        return {True: "good", False: "bad", None: "warn"}[self.met]

    @property
    def percent(self) -> float | None:
        """How much of the target is reached, in percent; None where that says nothing."""
        if self.value is None or not self.target or self.target < 0 or self.value < 0:
            return None
        if self.measure.direction == Direction.AT_LEAST:
            return float(100 * self.value / self.target)
        return float(100 * self.target / self.value) if self.value else 100.0


def kind_for(membership: Membership) -> str:
    """Which targets hold for an account where it stands: those to stay once it has the status, else those to enter."""
    return Threshold.MAINTAIN if membership.status in ("key_account", "in_re_review") else Threshold.ENTRY


def standing(membership: Membership, kind: str | None = None) -> list[Line]:
    """How an account stands to enter (`entry`) or to stay (`maintain`); three queries. Nothing where nothing is asked yet."""
    kind = kind or kind_for(membership)
    of = basis(membership, kind)
    if of is None:
        return []
    standard, since, asked = of
    return lines(measures_of(standard), readings_of(membership, since), kind, since, asked)


def standing_in(cycle: IncubationCycle) -> list[Line]:
    """How an account stands, or stood, in one incubation."""
    since = last_complete(cycle.starts_on)
    rows = readings_of(cycle.membership, since).filter(quarter_begins_on__lte=last_complete(cycle.ends_on))
    return lines(measures_of(cycle.standard), rows, Threshold.ENTRY, since, quarters_asked(cycle))


def quarters_asked(cycle: Any) -> int:
    """In how many quarters it was measured; a query where it did not come with the incubation."""
    known = getattr(cycle, "quarters_asked", None)
    return cycle.checkpoints.asked().count() if known is None else known


def basis(membership: Membership, kind: str) -> tuple[Standard, date, int] | None:
    """The version that is gone by, the first quarter that counts, and how many quarters a checkpoint was asked in.

    To enter, that of the newest incubation, from the quarter before its beginning; to stay, that of the re-review that is
    open, or the one in force, over the last year.
    """
    if kind == Threshold.ENTRY:
        rows = IncubationCycle.objects.filter(membership=membership).select_related("standard").with_asked()
        if cycle := rows.order_by("-number").first():
            return cycle.standard, last_complete(cycle.starts_on), quarters_asked(cycle)
    day, standard = localdate(), None
    if kind == Threshold.MAINTAIN and membership.status == "in_re_review" and (row := re_review_of(membership)):
        day, standard = row.due_on, row.standard
    standard = standard or standard_in_force()
    return (standard, first_of_year(day), 0) if standard else None


def first_of_year(day: date) -> date:
    """The first of the four quarters that were over on that day."""
    return months_after(last_complete(day), -MONTHS_BACK)


def re_review_of(membership: Membership) -> Checkpoint | None:
    """The newest day on which it was measured for a re-review."""
    rows = Checkpoint.objects.filter(membership=membership, cycle=None).select_related("standard")
    found: Checkpoint | None = rows.order_by("-number").first()
    return found


def readings_of(membership: Membership, since: date) -> Any:
    return Reading.objects.standing().filter(membership=membership, quarter_begins_on__gte=since)


def lines(
    measures: Iterable[Measure], readings: Iterable[Reading], kind: str, since: date, asked: int = 0
) -> list[Line]:  # fmt: skip
    """A line for each measure that has this target, or is watched; those that decide come in the order of the version.

    `asked` is in how many quarters an incubation was measured; a re-review asks about one, and what is known counts.
    """
    by_key: dict[str, list[Reading]] = defaultdict(list)
    for reading in sorted(readings, key=lambda one: one.quarter_begins_on):
        by_key[reading.key].append(reading)
    shown = [one for one in measures if one.target(kind) is not None or not one.decides]
    return [line(one, kind, by_key.get(one.key, []), since, asked) for one in shown]


def line(measure: Measure, kind: str, readings: Sequence[Reading], since: date, asked: int) -> Line:
    target = measure.target(kind)
    if measure.kind == MeasureKind.CHECKPOINT:
        counting = [one for one in readings if kind == Threshold.MAINTAIN or one.quarter_begins_on > since]
        held = [bool(meets(one.value, target, measure.direction)) for one in counting]
        unknown = not held or len(held) < asked
        return Line(measure, target, tuple(counting), None if unknown and all(held) else all(held))
    value = readings[-1].value if readings else None
    return Line(measure, target, tuple(readings), meets(value, target, measure.direction))


def unmet(found: Iterable[Line]) -> list[Line]:
    """What decides and is not met, or not known."""
    return [one for one in found if one.decides and not one.met]


def counted(found: Sequence[Line]) -> tuple[int, int]:
    """How many of those that decide are met, and how many decide."""
    deciding = [one for one in found if one.decides]
    return sum(1 for one in deciding if one.met), len(deciding)


def kept(found: Iterable[Line]) -> list[dict[str, Any]]:
    """The lines as an assessment or a packet keeps them: words and texts, which read the same for ever."""
    return [
        {
            "key": one.measure.key, "title": one.measure.title, "kind": str(one.measure.kind),
            "kind_said": str(one.measure.get_kind_display()), "decides": one.decides,
            "target": plain(one.target), "asked": one.asked,
            "value": plain(one.value), "said": one.said,
            "date": one.date.isoformat() if one.date else None, "source": one.source,
            "met": one.met, "verdict": one.verdict,
        }
        for one in found
    ]  # fmt: skip


def plain(value: Decimal | None) -> str | None:
    """A figure as text, without the zeros that its column adds."""
    return None if value is None else f"{value.normalize():f}"
