"""The allowance of an incubation: what was granted and lifted, what is planned and used, and what is left (K-12, M17)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from acr_program.charter.shell import frame

from .models import IncubationCycle
from .models.spending import plainly

NOTHING = Decimal()
NEARLY = 80  # percent of an allowance


@dataclass(frozen=True)
class Side:
    """Money, or people-days."""

    label: str
    unit: str
    granted: Decimal
    lifted: Decimal
    planned: Decimal
    used: Decimal

    @property
    def most(self) -> Decimal:
        """What may be taken in all."""
        return self.granted + self.lifted

    @property
    def taken(self) -> Decimal:
        return self.planned + self.used

    @property
    def left(self) -> Decimal:
        return self.most - self.taken

    @property
    def percent_used(self) -> float:
        return share(self.used, self.most)

    @property
    def percent_taken(self) -> float:
        return share(self.taken, self.most)

    def said(self, amount: Decimal) -> str:
        return f"{plainly(amount)} {self.unit}".strip()

    @property
    def granted_said(self) -> str:
        return self.said(self.granted)

    @property
    def lifted_said(self) -> str:
        return self.said(self.lifted)

    @property
    def planned_said(self) -> str:
        return self.said(self.planned)

    @property
    def used_said(self) -> str:
        return self.said(self.used)

    @property
    def left_said(self) -> str:
        return self.said(self.left)

    @property
    def most_said(self) -> str:
        return self.said(self.most)

    @property
    def tone(self) -> str:
        """Nothing left is bad; nearly nothing is a warning."""
        if not self.most:
            return "neutral"
        return "bad" if self.left <= 0 else "warn" if self.percent_taken >= NEARLY else "neutral"

    def over(self, more: Decimal) -> str:
        """By how much an amount would go over what may be taken; empty where it does not."""
        beyond = self.taken + more - self.most
        if more <= 0 or beyond <= 0:
            return ""
        words = _("%(label)s: %(taken)s of %(most)s would be taken, %(beyond)s too much.")
        taken, most = self.said(self.taken + more), self.said(self.most)
        return words % {"label": self.label, "taken": taken, "most": most, "beyond": self.said(beyond)}


@dataclass(frozen=True)
class Allowance:
    """Both sides of one incubation."""

    money: Side
    days: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.money, self.days

    def over(self, money: Decimal, days: Decimal) -> str:
        """Why so much cannot be taken; empty where it can (K-12)."""
        return " ".join(filter(None, [self.money.over(money), self.days.over(days)]))


def share(part: Decimal, whole: Decimal) -> float:
    return float(100 * part / whole) if whole else 0.0


def allowance(cycle: Any) -> Allowance:
    """From the sums that came with the cycle; one query where it has none."""
    if not hasattr(cycle, "used_money"):
        cycle = IncubationCycle.objects.filter(pk=cycle.pk).with_sums().get()

    def side(name: str, label: str, unit: str) -> Side:
        read = {part: getattr(cycle, f"{part}_{name}") for part in ("lifted", "planned", "used")}
        return Side(label, unit, getattr(cycle, name), **read)

    return Allowance(
        side("money", _("Money"), frame().currency), side("days", _("People-days"), _("days")),
    )  # fmt: skip
