"""An account's order lines as figures by quarter: exact decimals, rounded nowhere but where they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any, NamedTuple

KEPT = Decimal("0.000001")  # what the column of net values holds
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


@dataclass
class Order:
    """One order: begun with its first line, shipped with its last, promised for the earliest day that a line names."""

    ordered_on: date
    required_on: date | None = None
    shipped_on: date | None = None
    whole: bool = True
    nets: list[tuple[str, Decimal]] = field(default_factory=list)

    def take(self, line: Line) -> None:
        self.ordered_on = min(self.ordered_on, line.ordered_on)
        self.required_on = min(filter(None, (self.required_on, line.required_on)), default=None)
        self.shipped_on = max(filter(None, (self.shipped_on, line.shipped_on)), default=None)
        self.whole = self.whole and line.shipped_on is not None
        self.nets.append((line.category, line.quantity * line.unit_price * (1 - line.discount)))

    @property
    def promised(self) -> bool:
        return self.whole and self.required_on is not None

    @property
    def on_time(self) -> bool:
        return bool(self.promised and self.shipped_on and self.required_on and self.shipped_on <= self.required_on)


def quarter_of(day: date) -> date:
    """The first day of the quarter that the day lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def label_of(begins_on: date) -> str:
    return f"Q{(begins_on.month + 2) // 3} {begins_on.year}"


def computed(lines: Iterable[Line]) -> dict[date, dict[str, Any]]:
    """The figures of one account for each quarter it ordered in, by the first day of the quarter."""
    with localcontext() as context:
        context.prec = 60
        orders: dict[str, Order] = {}
        for line in lines:
            orders.setdefault(line.number, Order(line.ordered_on)).take(line)
        quarters: dict[date, list[Order]] = {}
        for order in orders.values():
            quarters.setdefault(quarter_of(order.ordered_on), []).append(order)
        return {begins_on: figures(placed) for begins_on, placed in quarters.items()}


def figures(orders: list[Order]) -> dict[str, Any]:
    mix: dict[str, Decimal] = {}
    for order in orders:
        for category, net in order.nets:
            mix[category] = mix.get(category, Decimal()) + net
    return {
        "net": sum(mix.values(), Decimal()).quantize(KEPT, ROUND_HALF_UP),
        "orders": len(orders),
        "shipped": sum(order.whole for order in orders),
        "promised": sum(order.promised for order in orders),
        "on_time": sum(order.on_time for order in orders),
        "mix": {category: f"{net:f}" for category, net in sorted(mix.items())},
    }


def complete(quarters: Iterable[Any], today: date) -> list[Any]:
    """Those that are over: the quarter that runs today says nothing about a year yet."""
    return [quarter for quarter in quarters if quarter.quarter_begins_on < quarter_of(today)]


def net_of(quarters: Iterable[Any]) -> Decimal:
    return sum((quarter.net for quarter in quarters), Decimal())


def growth(now: Any, before: Any) -> Decimal | None:
    """How much larger than the year before, as a share; None where either has too few orders for it to mean anything."""
    if min(now.orders, before.orders) < FEW or before.net <= 0:
        return None
    return Decimal(now.net - before.net) / before.net
