"""The year at a glance: three sentences for the page of contents, each out of figures on file."""

from __future__ import annotations

from typing import Any

from .amounts import Say, counted
from .orders import Orders
from .promise import months_of
from .years import Years


def glance_of(figures: dict[str, Any] | None, years: Years, orders: Orders, say: Say) -> list[str]:
    if figures is None:
        return []
    year = figures["year"]
    if not year["orders"]:
        return ["No order was placed in the year under review.", *earlier(orders)]
    lines = [net(figures, say)]
    if year["shipped"]:
        shipped = counted(year["shipped"], "order")
        lines.append(
            f"Of {shipped} shipped with a promised day, {counted(year['on_time'], '', ' ').strip()} left on or before it."
        )
    if figures["categories"]:
        first = figures["categories"][0]
        lines.append(f"{first['name']} made up {say.percent(first['share'])} of net value.")
    return lines


def net(figures: dict[str, Any], say: Say) -> str:
    year = figures["year"]
    said = f"{counted(year['orders'], 'order').capitalize()} came to a net value of {say.money(year['net'], 2)}"
    if year["change"] is None:
        return f"{said}."
    on = "the quarters that both years have" if figures["partial"] else "the year before"
    return f"{said}; {say.signed(year['change'])} on {on}."


def earlier(orders: Orders) -> list[str]:
    if not orders.before:
        return []
    count = len(orders.before)
    if count > 1:
        return [f"{counted(count, 'order').capitalize()} are on file of the year before."]
    days = orders.before[0].days
    said = f"One order is on file, from {months_of(orders.before)}"
    if days is None:
        return [f"{said}."]
    kept = (
        "on the promised day"
        if days == 0
        else f"{counted(abs(days), 'day')} {'before' if days < 0 else 'after'} the promised day"
    )
    return [f"{said}; it shipped {kept}."]
