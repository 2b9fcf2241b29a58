"""The orders of the two years, each put together from its lines: exact, with the same rules as the figures by quarter.

An order was placed with the first of its lines, promised for the earliest day that a line names, shipped with its last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from itertools import groupby
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from accounts.models import OrderLine
from accounts.quarters import quarter_of

from .years import QUARTERS, Years

ZERO = Decimal()


class Line(NamedTuple):
    """What an order is made of, in the order in which it is read."""

    number: str
    product: str
    category: str
    quantity: Decimal
    unit_price: Decimal
    discount: Decimal
    ordered_on: date
    required_on: date | None
    shipped_on: date | None

    @property
    def gross(self) -> Decimal:
        return self.quantity * self.unit_price

    @property
    def net(self) -> Decimal:
        return self.gross * (1 - self.discount)


@dataclass(frozen=True)
class Order:
    number: str
    ordered_on: date
    promised_on: date | None
    shipped_on: date | None  # None: not, or not whole
    net: Decimal
    gross: Decimal
    lines: tuple[Line, ...]

    @property
    def quarter(self) -> date:
        return quarter_of(self.ordered_on)

    @property
    def days(self) -> int | None:
        """From the promised day to the shipment: below zero is early; None without either of them."""
        return (self.shipped_on - self.promised_on).days if self.shipped_on and self.promised_on else None

    def overdue(self, as_of: date | None) -> int | None:
        """Days behind the promised day of an order that is not shipped; None where it is, or need not be yet."""
        if self.shipped_on or not self.promised_on or not as_of or as_of <= self.promised_on:
            return None
        return (as_of - self.promised_on).days


@dataclass(frozen=True)
class Orders:
    """The orders of the year and of the year before, in the order in which they were placed."""

    year: list[Order]
    before: list[Order]
    as_of: date | None

    @property
    def net(self) -> Decimal:
        return total(self.year)

    @property
    def discount(self) -> Decimal:
        with localcontext(prec=60):
            return sum((order.gross - order.net for order in self.year), ZERO)

    @property
    def late(self) -> list[Order]:
        """Shipped after the promised day, or not shipped though it has passed."""
        return [order for order in self.year if (order.days or 0) > 0 or order.overdue(self.as_of)]

    @property
    def days_to_ship(self) -> Decimal | None:
        """The median from order to shipment."""
        waits = [(order.shipped_on - order.ordered_on).days for order in self.year if order.shipped_on]
        return Decimal(str(median(waits))).normalize() + 0 if waits else None


def orders_of(account_id: int, years: Years) -> Orders:
    """All lines of every order that has one in these years: one query."""
    if not years.from_lines:
        return Orders([], [], years.as_of)
    own = OrderLine.objects.filter(account=account_id)
    within = own.filter(ordered_on__range=(years.begins[0], years.ends_on)).values("number")
    lines = own.filter(number__in=within).order_by("number", "line").values_list(*Line._fields)
    found = sorted(together(Line(*row) for row in lines), key=lambda order: (order.ordered_on, order.number))
    year, before = years.begins[QUARTERS:], years.begins[:QUARTERS]
    return Orders(
        [order for order in found if order.quarter in year], [order for order in found if order.quarter in before], years.as_of
    )  # fmt: skip


def together(lines: Iterable[Line]) -> Iterable[Order]:
    for number, own in groupby(lines, key=attrgetter("number")):
        of_one = tuple(own)
        shipped = [line.shipped_on for line in of_one if line.shipped_on]
        with localcontext(prec=60):
            yield Order(
                number, min(line.ordered_on for line in of_one),
                min((line.required_on for line in of_one if line.required_on), default=None),
                max(shipped) if len(shipped) == len(of_one) else None,
                sum((line.net for line in of_one), ZERO), sum((line.gross for line in of_one), ZERO), of_one,
            )  # fmt: skip


def total(orders: Iterable[Order]) -> Decimal:
    with localcontext(prec=60):
        return sum((order.net for order in orders), ZERO)
