"""What the customer had of it, as far as it can be counted: each line with its source and the day it was told."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.choices import FigureKind
from accounts.models import Account, Figure
from accounts.quarters import label_of

from ..prose import paragraphs
from .amounts import Say, cents
from .orders import Orders
from .years import QUARTERS, Years

COLUMNS = [("What", 2, False), ("Amount", 1, True), ("Who says so, and as of when", 0, False)]


def told_of(account: Account, years: Years) -> list[Figure]:
    """The figures that customers may see, as they stand for the year, oldest first."""
    kinds = [kind.value for kind in FigureKind if kind.for_customers]
    within = account.figures.filter(kind__in=kinds, replaced_at=None, quarter_begins_on__in=years.begins[QUARTERS:])
    return list(within.order_by("kind", "quarter_begins_on"))


def value_of(years: Years, orders: Orders, told: list[Figure], words: str, say: Say) -> dict[str, Any]:
    """What the kind adds to its section; margin and share of wallet stay in the house."""
    rows = [discounts(years, orders, say), *(measured(figure, say) for figure in told)]
    missing = [kind for kind in FigureKind if kind.for_customers and kind not in {figure.kind for figure in told}]
    rows += [[kind.customer_label, None, "Nobody has told it"] for kind in missing]
    columns = [{"label": label, "width": width, "figures": figures} for label, width, figures in COLUMNS]
    table = {"caption": "What it came to", "columns": columns, "rows": rows}
    return {"kind": "table", "html": paragraphs(words), "tables": [table]}


def discounts(years: Years, orders: Orders, say: Say) -> list[str | None]:
    what = "Discounts granted on list prices"
    if not orders.year:
        return [what, None, "No order lines of the year"]
    return [what, say.money(cents(orders.discount), 2), sourced("Order lines of the year", years.as_of, say)]


def measured(figure: Figure, say: Say) -> list[str | None]:
    kind = FigureKind(figure.kind)
    places = max(0, -int(figure.value.normalize().as_tuple().exponent))
    what = f"{kind.customer_label}, {label_of(figure.quarter_begins_on)}"
    return [what, say.number(figure.value, places), sourced(figure.source, figure.as_of, say)]


def sourced(source: str, on: date | None, say: Say) -> str:
    return f"{source}, as of {say.day(on.isoformat())}" if on else source
