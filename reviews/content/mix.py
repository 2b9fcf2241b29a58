"""What was bought: by category and by product, with its part of the year and the change where it means something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal, localcontext
from typing import Any

from ..prose import paragraphs
from .amounts import Say, cents, change, share
from .orders import ZERO, Line, Order, Orders, total
from .promise import BY_QUARTER_ALONE, NOT_ON_FILE, months_of
from .years import Years

MOST_PRODUCTS, MOST_CATEGORIES, MOST_LINES = 10, 20, 20
UNNAMED = "Without a category"
NONE_PLACED = "No order was placed in the two years looked back on, so there is no mix to show."

Sums = dict[str, Decimal]


def parts_of(years: Years, orders: Orders) -> dict[str, Any]:
    """Categories and the largest products of the year; of a year without orders, nothing."""
    categories = parts(years, orders, lambda line: line.category or UNNAMED)
    products = parts(years, orders, lambda line: line.product)
    return {"categories": folded(categories), "products": [printed(row) for row in products[:MOST_PRODUCTS]]}


def parts(years: Years, orders: Orders, name: Callable[[Line], str]) -> list[dict[str, Any]]:
    """Largest first, still exact; the change is told of the quarters that both years have."""
    both = {now.quarter_begins_on for now, _ in years.pairs}, {then.quarter_begins_on for _, then in years.pairs}
    like = (
        [one for one in orders.year if one.quarter in both[0]],
        [one for one in orders.before if one.quarter in both[1]],
    )
    sums, old = summed(orders.year, name), summed(orders.before, name)
    whole, old_whole = orders.net, total(orders.before)
    grown = compared(*like, name)
    return [
        {
            "name": part, "net": net, "share": share(net, whole),
            "before_net": old.get(part, ZERO) if years.before else None,
            "before_share": share(old.get(part, ZERO), old_whole) if old_whole > 0 else None,
            "change": grown.get(part),
        }
        for part, net in sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    ]  # fmt: skip


def summed(orders: Iterable[Order], name: Callable[[Line], str]) -> Sums:
    sums: Sums = defaultdict(Decimal)
    with localcontext(prec=60):
        for one in orders:
            for line in one.lines:
                sums[name(line)] += line.net
    return dict(sums)


def compared(now: list[Order], then: list[Order], name: Callable[[Line], str]) -> dict[str, str | None]:
    """The change of each part, where at least two orders on either side had it."""
    sums, old = summed(now, name), summed(then, name)
    counts, old_counts = having(now, name), having(then, name)
    return {part: change(sums[part], old[part], counts[part], old_counts[part]) for part in sums.keys() & old.keys()}


def having(orders: Iterable[Order], name: Callable[[Line], str]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for one in orders:
        for part in {name(line) for line in one.lines}:
            counts[part] += 1
    return counts


def folded(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The largest categories; those that are left share the last row."""
    if len(rows) <= MOST_CATEGORIES:
        return [printed(row) for row in rows]
    kept, rest = rows[: MOST_CATEGORIES - 1], rows[MOST_CATEGORIES - 1 :]
    before = [row["before_net"] for row in rest if row["before_net"] is not None]
    others = {
        "name": f"{len(rest)} others", "net": sum((row["net"] for row in rest), ZERO),
        "share": str(sum((Decimal(row["share"] or 0) for row in rest), ZERO)),
        "before_net": sum(before, ZERO) if before else None, "before_share": None, "change": None,
    }  # fmt: skip
    return [printed(row) for row in [*kept, others]]


def printed(row: dict[str, Any]) -> dict[str, Any]:
    before = row["before_net"]
    return row | {"net": cents(row["net"]), "before_net": None if before is None else cents(before)}


def mix_of(years: Years, orders: Orders, words: str, say: Say) -> dict[str, Any]:
    """What the kind adds to its section: of a year without orders, what was ordered the year before."""
    section: dict[str, Any] = {"kind": "mix", "html": paragraphs(words), "tables": []}
    if orders.year:
        return section
    if orders.before:
        return section | {"tables": [before(orders.before, say)]}
    if not years.known:
        return section | {"absent": NOT_ON_FILE}
    return section | {"absent": NONE_PLACED if years.from_lines else BY_QUARTER_ALONE}


def before(orders: list[Order], say: Say) -> dict[str, Any]:
    lines = [line for one in orders for line in one.lines]
    sums = sorted(lines, key=lambda line: -line.net) if len(lines) > MOST_LINES else lines
    shown = sums[:MOST_LINES]
    columns = [("Product", 2, False), ("Category", 2, False), ("Quantity", 1, True), ("Net value", 1, True)]
    when = months_of(orders) if len(orders) == 1 else "the year before"
    return {
        "caption": f"What was ordered in {when}",
        "columns": [{"label": label, "width": width, "figures": figures} for label, width, figures in columns],
        "rows": [
            [line.product, line.category or None, amount(line.quantity, say), say.number(line.net, 2)] for line in shown
        ],
        "note": f"The {MOST_LINES} largest of {len(lines):,} lines." if len(lines) > MOST_LINES else "",
    }  # fmt: skip


def amount(quantity: Decimal, say: Say) -> str:
    """As many decimals as there are."""
    return str(say.number(quantity, 0 if quantity == quantity.to_integral_value() else 2))
