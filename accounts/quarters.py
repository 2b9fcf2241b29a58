"""An account's order lines as figures by quarter: exact decimals, rounded nowhere but where they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

KEPT = Decimal("0.000001")  # what the column of net values holds
CENT = Decimal("0.01")
FEW = 2  # below this many orders on either side no percentage of change is told


class Line(NamedTuple):
    """What the figures need of an order line, in the order in which it is read."""

    number: str
    category: str
    quantity: Decimal
    unit_price: Decimal
    discount: Decimal
    ordered_on: date
    required_on: date | None
    shipped_on: date | None


class Quarter:
    """What the orders of one quarter come to so far."""

    __slots__ = ("mix", "on_time", "orders", "promised", "shipped")

    def __init__(self) -> None:
        self.orders = self.shipped = self.promised = self.on_time = 0
        self.mix: dict[str, Decimal] = {}

    def take(self, order: list[Line]) -> None:
        """One order: shipped with its last line, promised for the earliest day that a line names."""
        required = min((line.required_on for line in order if line.required_on), default=None)
        shipped = max((line.shipped_on for line in order if line.shipped_on), default=None)
        whole = all(line.shipped_on for line in order)
        promised = whole and required is not None
        self.orders += 1
        self.shipped += whole
        self.promised += promised
        self.on_time += bool(promised and shipped and required and shipped <= required)
        for line in order:
            net = line.quantity * line.unit_price * (1 - line.discount)
            self.mix[line.category] = self.mix.get(line.category, Decimal()) + net

    def figures(self) -> dict[str, Any]:
        return {
            "net": sum(self.mix.values(), Decimal()).quantize(KEPT, ROUND_HALF_UP),
            "orders": self.orders,
            "shipped": self.shipped,
            "promised": self.promised,
            "on_time": self.on_time,
            "mix": {category: f"{net:f}" for category, net in sorted(self.mix.items())},
        }


def quarter_of(day: date) -> date:
    """The first day of the quarter that the day lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def label_of(begins_on: date) -> str:
    return f"Q{(begins_on.month + 2) // 3} {begins_on.year}"


def computed(lines: Iterable[Line]) -> dict[date, dict[str, Any]]:
    """The figures of one account for each quarter it ordered in, by the first day of the quarter.

    The lines of an order stand together: one order is in memory at a time. It was placed with the first of its lines.
    """
    with localcontext() as context:
        context.prec = 60
        quarters: dict[date, Quarter] = {}
        for _number, of_one in groupby(lines, key=attrgetter("number")):
            order = list(of_one)
            begins_on = quarter_of(min(line.ordered_on for line in order))
            quarters.setdefault(begins_on, Quarter()).take(order)
        return {begins_on: quarter.figures() for begins_on, quarter in quarters.items()}


def complete(quarters: Iterable[Any], today: date) -> list[Any]:
    """Those that are over: the quarter that runs today says nothing about a year yet."""
    return [quarter for quarter in quarters if quarter.quarter_begins_on < quarter_of(today)]


def net_of(quarters: Iterable[Any]) -> Decimal:
    return sum((quarter.net for quarter in quarters), Decimal())


def in_cents(value: Decimal) -> Decimal:
    """An amount as the document carries it: what is printed in whole units is rounded from these, here as there."""
    return value.quantize(CENT, ROUND_HALF_UP)


def growth(now: Any, before: Any) -> Decimal | None:
    """How much larger than the year before, as a share; None where either has too few orders for it to mean anything."""
    if min(now.orders, before.orders) < FEW or before.net <= 0:
        return None
    return Decimal(now.net - before.net) / before.net
