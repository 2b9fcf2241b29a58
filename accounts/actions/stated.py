"""Net value and orders as somebody told them: they stand for a quarter while no order line tells them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.ui.phrases import number

from ..choices import STATED, FigureKind
from ..models import Account, Figure, Performance
from ..quarters import label_of

UNKNOWN: dict[str, Any] = {"shipped": 0, "promised": 0, "on_time": 0, "mix": {}}
Place = tuple[int, date]  # the account, and the first day of the quarter


def told_without_lines(accounts: list[Account]) -> Iterator[tuple[Place, dict[str, Any]]]:
    """The figures of each quarter of which both are told, by account and quarter: one query, or none."""
    if not accounts:
        return
    rows = Figure.objects.filter(account__in=accounts, kind__in=STATED, replaced_at=None).order_by()
    found: dict[Place, dict[str, Figure]] = defaultdict(dict)
    for row in rows.only("account_id", "kind", "quarter_begins_on", "value", "source", "as_of"):
        found[row.account_id, row.quarter_begins_on][row.kind] = row
    for place, kinds in found.items():
        if kinds.keys() == set(STATED):
            net, orders = kinds[FigureKind.NET], kinds[FigureKind.ORDERS]
            told = {"net": net.value, "orders": int(orders.value), "source": net.source[:80], "as_of": net.as_of}
            yield place, UNKNOWN | told | {"stated": True}


def from_lines_already(places: Iterable[Place]) -> dict[Place, str]:
    """Of which of these quarters order lines tell net value and orders: the sentence for whoever tells them otherwise."""
    wanted = set(places)
    rows = Performance.objects.filter(
        account__in={account for account, _day in wanted}, quarter_begins_on__in={day for _account, day in wanted}, stated=False
    )  # fmt: skip
    found = {(row.account_id, row.quarter_begins_on): row for row in rows if row.computed}
    return {place: sentence(row) for place, row in found.items() if place in wanted}


def sentence(row: Performance) -> str:
    orders = ngettext("%(n)s order", "%(n)s orders", row.orders) % {"n": number(row.orders)}
    net = number(row.net.quantize(Decimal("0.01")), 2)
    words = _(
        "The order lines of %(quarter)s tell a net value of %(net)s from %(orders)s. They stand: where they are wrong, correct "
        "them."
    )
    return words % {"quarter": label_of(row.quarter_begins_on), "net": net, "orders": orders}
