"""An account's quarters as the figures of its document: money exact until it is printed, shares from unrounded amounts.

What the document calls shipped are the orders shipped that had a promised day: a promise is kept or broken only where one was made.
Of quarters whose net value and orders were told, and not computed from order lines, nobody knows what was shipped: None, not 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from accounts.models import Performance

FEW = 2  # below this many orders on either side no percentage of change is printed


def figures_of(quarters: Sequence[Performance]) -> dict[str, Any] | None:
    """The last four complete quarters on file against the four before them; None where none is on file."""
    if not quarters:
        return None
    year, before = list(quarters[-4:]), {q.quarter_begins_on: q for q in quarters[:-4]}
    pairs = [(q, before.get(q.quarter_begins_on.replace(year=q.quarter_begins_on.year - 1))) for q in year]
    now, then = period(year), period([old for _q, old in pairs if old])
    like = bool(before) and all(old for _q, old in pairs)
    whole = change(now["net"], then["net"], now["orders"], then["orders"]) if like else None
    return {
        "quarters": [quarter(q, old) for q, old in pairs],
        "year": now | {"change": whole},
        "before": then if before else None,
        "numbers": numbers(now, then if before else None),
        "footnotes": footnotes(year),
    }  # fmt: skip


def quarter(q: Performance, old: Performance | None) -> dict[str, Any]:
    return {
        "label": q.label,
        "net": cents(q.net),
        "orders": q.orders,
        "average": cents(q.net / q.orders) if q.orders else None,
        "on_time": None if q.stated else q.on_time,
        "shipped": None if q.stated else q.promised,
        "on_time_share": share(q.on_time, q.promised),
        "before_label": old.label if old else "",
        "before_net": cents(old.net) if old else None,
        "before_orders": old.orders if old else None,
        "change": change(cents(q.net), cents(old.net), q.orders, old.orders) if old else None,
    }


def period(quarters: Sequence[Performance]) -> dict[str, Any]:
    net = sum((q.net for q in quarters), Decimal())
    orders = sum(q.orders for q in quarters)
    known = [q for q in quarters if not q.stated]
    on_time, promised = sum(q.on_time for q in known), sum(q.promised for q in known)
    unknown = bool(quarters) and not known
    return {
        "net": cents(net), "orders": orders, "average": cents(net / orders) if orders else None,
        "on_time": None if unknown else on_time, "shipped": None if unknown else promised,
        "on_time_share": share(on_time, promised),
    }  # fmt: skip


def numbers(now: dict[str, Any], then: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The big numbers, each with its basis in words."""

    def basis(key: str) -> str:
        before = then[key] if then else None
        if before is None:
            return "the year before is not on file"
        return f"{Decimal(before).quantize(Decimal(1), ROUND_HALF_UP):,} the year before"

    return [
        {"label": "Net value", "value": now["net"], "shown": "money", "places": 0, "basis": basis("net")},
        {"label": "Orders", "value": now["orders"], "basis": basis("orders")},
        kept(now),
        {"label": "Average order", "value": now["average"], "shown": "money", "places": 0, "basis": basis("average")},
    ]


def kept(now: dict[str, Any]) -> dict[str, Any]:
    """Counts where a promise was made, words where none was, or where nobody knows."""
    if now["shipped"] is None:
        basis = "the orders are on file by quarter alone"
        return {"label": "On time", "value": "not on file", "shown": "text", "basis": basis}
    if not now["shipped"]:
        return {
            "label": "On time",
            "value": "none due",
            "shown": "text",
            "basis": "no order shipped had a promised day",
        }
    return {"label": "On time", "value": now["on_time"], "of": now["shipped"], "basis": "shipped by the promised day"}


def footnotes(year: Sequence[Performance]) -> list[str]:
    """Where the printed quarters do not add up to the printed year, the reader is told why."""
    total = sum((q.net for q in year), Decimal())
    for place in (Decimal(1), Decimal("0.01")):
        if sum(rounded(q.net, place) for q in year) != rounded(total, place):
            return [
                "The quarters do not add up to the year exactly: each amount is rounded once, from its unrounded sum."
            ]
    return []


def rounded(value: Decimal, place: Decimal) -> Decimal:
    return value.quantize(place, ROUND_HALF_UP)


def change(now: str, before: str, *counts: int) -> str | None:
    """The relative change, or None where a base is missing or too small to mean anything."""
    return None if min(counts) < FEW or not Decimal(before) else share(Decimal(now) - Decimal(before), Decimal(before))


def share(part: Decimal | int, whole: Decimal | int) -> str | None:
    return str((Decimal(part) / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP)) if whole else None


def cents(value: Decimal) -> str:
    return str(rounded(value, Decimal("0.01")))
