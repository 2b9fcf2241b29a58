"""The year in figures: quarters, the two years, the big numbers; money exact until it is printed.

What the document calls shipped are the orders shipped that had a promised day: a promise is kept or broken only where one was made.
Of quarters whose net value and orders were told, and not computed from order lines, nobody knows what was shipped: None, not 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from accounts.models import Performance
from accounts.quarters import label_of

from .amounts import FEW, WHOLE, Say, adds_up, cents, change, counted, share
from .mix import parts_of
from .orders import Order, Orders
from .promise import MOST_LISTED, order
from .years import QUARTERS, Years, named

DIFFERS = "Quarters and year may differ by rounding: each is rounded once."


def figures_of(years: Years, orders: Orders, say: Say) -> dict[str, Any] | None:
    """The last four complete quarters on file against the four before them; None where none is on file."""
    if not years.year:
        return None
    now, then, growth = period(years.year, orders.year), period(years.before, orders.before), like(years)
    listed = len(orders.year) <= MOST_LISTED and len(orders.before) <= MOST_LISTED
    return {
        "file_opens": years.opens_on.isoformat() if years.opens_on else None,
        "quarters": quarters(years) if years.orders >= FEW else [],
        "year": now | {"change": growth["change"]},
        "before": then if years.before else None,
        "partial": growth["partial"],
        "numbers": numbers(now, then if years.before else None, growth, orders, say),
        "footnotes": footnotes(years),
        "orders": [order(one, orders.as_of) for one in orders.year] if listed else [],
        "orders_before": [order(one, orders.as_of) for one in orders.before] if listed else [],
        "orders_net": cents(orders.net),
        "late": [order(one, orders.as_of) for one in orders.late[:MOST_LISTED]],
        **parts_of(years, orders),
    }  # fmt: skip


def quarters(years: Years) -> list[dict[str, Any]]:
    now, then = years.rows[QUARTERS:], years.rows[:QUARTERS]
    days = zip(years.begins[QUARTERS:], years.begins[:QUARTERS], strict=True)
    return [
        {"label": label_of(day), "before_label": label_of(old)} | of_quarter(row, before)
        for (day, old), row, before in zip(days, now, then, strict=True)
    ]


def of_quarter(q: Performance | None, old: Performance | None) -> dict[str, Any]:
    """What is known of one quarter; of one that is not on file, what is known of the year before."""
    before = {"before_net": cents(old.net), "before_orders": old.orders} if old else {}
    if q is None:
        return before
    return before | {
        "net": cents(q.net),
        "orders": q.orders,
        "average": cents(q.net / q.orders) if q.orders else None,
        "on_time": None if q.stated else q.on_time,
        "shipped": None if q.stated else q.promised,
        "on_time_share": share(q.on_time, q.promised),
        "change": change(q.net, old.net, q.orders, old.orders) if old else None,
    }


def period(rows: Sequence[Performance], orders: Sequence[Order]) -> dict[str, Any]:
    net = sum((q.net for q in rows), Decimal())
    count = sum(q.orders for q in rows)
    known = [q for q in rows if not q.stated]
    on_time, promised = sum(q.on_time for q in known), sum(q.promised for q in known)
    unknown = bool(rows) and not known
    products = {line.product for one in orders for line in one.lines}
    return {
        "net": cents(net), "orders": count, "average": cents(net / count) if count else None,
        "on_time": None if unknown else on_time, "shipped": None if unknown else promised,
        "on_time_share": share(on_time, promised), "products": len(products) or None,
    }  # fmt: skip


def like(years: Years) -> dict[str, Any]:
    """Growth on the quarters that both years have; `partial` says which, where these are not all four."""
    nows, thens = [now for now, _ in years.pairs], [then for _, then in years.pairs]
    net, before = (sum((q.net for q in rows), Decimal()) for rows in (nows, thens))
    orders, orders_before = sum(q.orders for q in nows), sum(q.orders for q in thens)
    whole = len(years.pairs) == QUARTERS
    partial = ""
    if thens and not whole:
        partial = f"The year before has {named(thens)}; the change compares these."
    return {
        "net": net, "before": before, "orders": orders, "orders_before": orders_before, "months": 3 * len(nows),
        "whole": whole, "partial": partial, "change": change(net, before, orders, orders_before) if nows else None,
    }  # fmt: skip


def numbers(
    now: dict[str, Any], then: dict[str, Any] | None, like: dict[str, Any], orders: Orders, say: Say
) -> list[dict[str, Any]]:
    """The big numbers, each with its basis in words; those that nothing tells are left out."""
    money = {"shown": "money", "places": 0}
    found: list[dict[str, Any]] = [
        {"label": "Net value", "value": now["net"], **money, "basis": net_basis(then, like, say)},
        {"label": "Orders", "value": now["orders"], "basis": orders_basis(then, like)},
        kept(now, then),
    ]
    if now["orders"]:
        basis = then and then["average"] and f"{say.number(then['average'])} the year before"
        found.append({"label": "Average order", "value": now["average"], **money, "basis": basis or NOTHING_BEFORE})
    if orders.year and now["products"]:
        past = f"{then['products']} the year before" if then and then["products"] else NOTHING_BEFORE
        found.append({"label": "Different products", "value": now["products"], "basis": past})
    if orders.days_to_ship is not None:
        places = 1 if orders.days_to_ship % 1 else 0
        basis = "median of the orders shipped"
        value = str(orders.days_to_ship)
        found.append({"label": "Days from order to shipment", "value": value, "places": places, "basis": basis})
    return found


NOTHING_BEFORE = "nothing to compare with the year before"


def net_basis(then: dict[str, Any] | None, like: dict[str, Any], say: Say) -> str:
    if then is None:
        return "the year before is not on file"
    if like["change"] is None:
        few = "no order" if not then["orders"] else "too few orders to compare"
        return f"{say.number(then['net'], 2)} on file the year before; {few}"
    if like["whole"]:
        return f"{say.signed(like['change'])}; {say.number(then['net'])} the year before"
    both = f"{say.number(cents(like['net']))} against {say.number(cents(like['before']))}"
    return f"{say.signed(like['change'])} on the {counted(like['months'], 'month')} that can be compared: {both}"


def orders_basis(then: dict[str, Any] | None, like: dict[str, Any]) -> str:
    if then is None:
        return "the year before is not on file"
    if like["whole"]:
        return f"{then['orders']:,} the year before"
    months = f"{counted(like['months'], 'month')} on file in both years"
    return f"{like['orders']:,} in the {months}, {like['orders_before']:,} the year before"


def kept(now: dict[str, Any], then: dict[str, Any] | None) -> dict[str, Any]:
    """Counts where a promise was made, words where none was, or where nobody knows."""
    if now["shipped"] is None:
        basis = "the orders are on file by quarter alone"
        return {"label": "On time", "value": "not on file", "shown": "text", "basis": basis}
    past = f"{then['on_time']} of {then['shipped']} the year before" if then and then["shipped"] else ""
    if not now["shipped"]:
        basis = past or ("no order shipped had a promised day" if now["orders"] else "no order was placed")
        return {"label": "On time", "value": "none due", "shown": "text", "basis": basis}
    basis = "; ".join(filter(None, ["shipped by the promised day", past]))
    return {"label": "On time", "value": now["on_time"], "of": now["shipped"], "basis": basis}


def footnotes(years: Years) -> list[str]:
    """Where the printed quarters do not add up to the printed year, the reader is told why."""
    two = (years.year, years.before)
    exact = all(adds_up((q.net for q in rows), sum((q.net for q in rows), Decimal()), WHOLE) for rows in two)
    return [] if exact or years.orders < FEW else [DIFFERS]
