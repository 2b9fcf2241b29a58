"""Delivered against promised: order by order where they are few, the late ones by name, the rest counted by quarter."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from accounts.quarters import label_of

from ..prose import paragraphs
from .amounts import CENT, adds_up, cents, counted
from .orders import Order, Orders
from .years import QUARTERS, Years, listed

MOST_LISTED = 60  # orders on two pages; of more than these the late ones alone are named
REASON = re.compile(r"^\s*(?:-\s*)?(?:Order\s+)?(?P<number>[^\s:]{1,40})\s*:\s*(?P<reason>\S.*)$", re.IGNORECASE)
DIFFERS = "The orders do not add up to the total exactly: each amount is rounded once, from its unrounded sum."
BY_QUARTER_ALONE = (
    "The orders of this account are on file by quarter alone: what was promised and shipped is not on file."
)
NONE_PLACED = "No order was placed in the two years looked back on, so nothing was due."
NOT_ON_FILE = "No order of this account is on file."


def order(one: Order, as_of: date | None) -> dict[str, Any]:
    return {
        "number": one.number,
        "ordered": one.ordered_on.isoformat(),
        "promised": one.promised_on.isoformat() if one.promised_on else None,
        "shipped": one.shipped_on.isoformat() if one.shipped_on else None,
        "days": one.days,
        "overdue": one.overdue(as_of),
        "net": cents(one.net),
    }


def promise_of(years: Years, orders: Orders, words: str) -> dict[str, Any]:
    """What the kind adds to its section; `words` are the contributor's, of which a line may give an order's reason."""
    late = {one.number for one in orders.late}
    reasons, rest = told_apart(words, late)
    section: dict[str, Any] = {
        "kind": "promise", "late": reasons, "html": paragraphs("\n\n".join(filter(None, [standing(orders), rest]))),
        "note": "", "tables": [],
    }  # fmt: skip
    if not orders.year and not orders.before:
        return section | {"absent": why_absent(years)}
    if len(orders.year) > MOST_LISTED or len(orders.before) > MOST_LISTED:
        return section | {"tables": [by_quarter(years, orders)]}
    whole = orders.net
    return section | {"note": "" if adds_up((one.net for one in orders.year), whole, CENT) else DIFFERS}


def told_apart(words: str, late: set[str]) -> tuple[list[dict[str, str]], str]:
    """Reasons of late orders, a line each that begins with the order's number, and what else was written."""
    reasons, rest = {}, []
    for line in words.replace("\r\n", "\n").split("\n"):
        found = REASON.match(line)
        if found and found["number"] in late and found["number"] not in reasons:
            reasons[found["number"]] = found["reason"].strip()
        else:
            rest.append(line)
    return [{"number": number, "reason": reason} for number, reason in reasons.items()], "\n".join(rest).strip()


def standing(orders: Orders) -> str:
    """What the counts of the year leave out, in a sentence each."""
    open_ones = [one for one in orders.year if not one.shipped_on]
    without = [one for one in orders.year if one.shipped_on and not one.promised_on]
    said = []
    if open_ones:
        count = counted(len(open_ones), "order of the year is", "orders of the year are").capitalize()
        said.append(f"{count} not shipped yet: on time is told of those that are.")
    if without:
        count = counted(len(without), "order was", "orders were").capitalize()
        said.append(f"{count} placed without a promised day, and counts neither as on time nor as late.")
    return " ".join(said)


def why_absent(years: Years) -> str:
    if not years.known:
        return NOT_ON_FILE
    return NONE_PLACED if years.from_lines else BY_QUARTER_ALONE


def by_quarter(years: Years, orders: Orders) -> dict[str, Any]:
    """The year's orders counted where they are too many to be listed."""
    columns = ["Quarter", "Orders", "Shipped, of a promised day", "On time", "Late", "Not shipped"]
    rows: list[list[Any]] = []
    for day in years.begins[QUARTERS:]:
        own = [one for one in orders.year if one.quarter == day]
        kept = [one for one in own if one.days is not None]
        late = sum((one.days or 0) > 0 for one in kept)
        rows.append(
            [label_of(day), len(own), len(kept), len(kept) - late, late, sum(not one.shipped_on for one in own)]
        )
    total = ["The year", *(sum(row[place] for row in rows) for place in range(1, len(columns)))]
    return {
        "caption": "Every order of the year, by quarter",
        "columns": [{"label": label, "width": 1, "figures": place > 0} for place, label in enumerate(columns)],
        "rows": rows, "total": total,
    }  # fmt: skip


def months_of(orders: list[Order]) -> str:
    """July 1996; July and August 1996 are two months."""
    return listed(list(dict.fromkeys(f"{one.ordered_on:%B %Y}" for one in orders)))
