"""Offer creep: what was delivered against what was promised; what is neither is listed with its price (N9.3, M18).

A delivery counts as promised where it names something on the list of what we do. One that names nothing, or something that we
said we do not do, is an extra; an extra that the customer did not pay for is creep.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as say

from acr_program.charter.shell import frame
from acr_program.ui.charts import Bar, Bars
from acr_program.ui.parts import Figure
from acr_program.ui.phrases import number

from ..choices_plan import PromiseKind
from ..models import Promise

NOTHING = Decimal()
UNPAID_EXTRA = Q(kind=PromiseKind.DELIVERED, paid=False) & (
    Q(covers=None) | ~Q(covers__kind=PromiseKind.DO)
)  # the same as `is_unpaid_extra`, of rows


def is_extra(row: Promise) -> bool:
    """Delivered beyond what we do."""
    return row.kind == PromiseKind.DELIVERED and (row.covers is None or row.covers.kind != PromiseKind.DO)


def is_unpaid_extra(row: Promise) -> bool:
    return is_extra(row) and not row.paid


def why(row: Promise) -> str:
    """Why it counts as an extra."""
    if row.covers is not None and row.covers.kind == PromiseKind.DO_NOT:
        return say("We said that we do not: %(what)s") % {"what": row.covers.what}
    return say("It stands on neither list")


def counts_as(row: Promise) -> str:
    """As what a delivery counts, in a word."""
    if not is_extra(row):
        return say("Promised")
    return say("Extra, paid") if row.paid else say("Extra, not paid")


@dataclass(frozen=True)
class Finding:
    """One unpaid extra: what, when, why it is one, and what it would have cost; None where nobody has said."""

    row: Promise

    @property
    def what(self) -> str:
        return self.row.what

    @property
    def why(self) -> str:
        return why(self.row)

    @property
    def price(self) -> Decimal | None:
        return self.row.price


@dataclass(frozen=True)
class Creep:
    """All deliveries of a plan, told apart. `findings`: the unpaid extras, the dearest first, those without a price before them."""

    promised: int
    paid: int
    findings: tuple[Finding, ...]

    @property
    def delivered(self) -> int:
        return self.promised + self.paid + len(self.findings)

    @property
    def worth(self) -> Decimal:
        """What the unpaid extras come to, as far as they have a price, in the company's currency."""
        return sum((one.price or NOTHING for one in self.findings), NOTHING)

    @property
    def unpriced(self) -> int:
        return sum(one.price is None for one in self.findings)

    @property
    def sentence(self) -> str:
        """The finding in words."""
        if not self.findings:
            return say("Nothing was delivered beyond what was promised or paid for.")
        said = {"n": number(len(self.findings)), "all": number(self.delivered), "worth": in_money(self.worth)}
        return say("%(n)s of %(all)s deliveries were neither promised nor paid: worth %(worth)s.") % said

    @property
    def figures(self) -> list[Figure]:
        return [
            Figure(number(self.promised), say("As promised"), say("of %(n)s delivered") % {"n": number(self.delivered)}),
            Figure(number(self.paid), say("Beyond it, and paid")),
            Figure(number(len(self.findings)), say("Unpaid extras"), tone="warn" if self.findings else "good"),
            Figure(in_money(self.worth), say("What they come to")),
        ]  # fmt: skip

    @property
    def picture(self) -> Bars | None:
        """What each unpaid extra would have cost; none where no price is known."""
        priced = [one for one in self.findings if one.price]
        if not priced:
            return None
        bars = [Bar(one.what, float(one.price or 0), tone="warn") for one in priced]
        return Bars(
            sentence=self.sentence, bars=bars, places=0, head=say("Unpaid extra"), value_name=say("Price"),
            unit=frame().currency,
        )  # fmt: skip


def creep_of(rows: Iterable[Promise]) -> Creep:
    """Of these promises and deliveries, each read with what it covers."""
    delivered = [row for row in rows if row.kind == PromiseKind.DELIVERED]
    extras = [row for row in delivered if is_extra(row)]
    unpaid = [row for row in extras if is_unpaid_extra(row)]
    ranked = sorted(unpaid, key=lambda row: (row.price is not None, -(row.price or NOTHING), row.pk))
    return Creep(len(delivered) - len(extras), len(extras) - len(unpaid), tuple(Finding(row) for row in ranked))


def in_money(value: Decimal) -> str:
    return f"{number(value, 0)} {frame().currency}".strip()
