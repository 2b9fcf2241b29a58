"""What the figures on file say of a measure in a quarter: computed from `Performance` and from told figures, never copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from accounts.models import Figure, Performance

from .calendar import months_after
from .choices_incubation import MONTHS_OF_QUARTER, TOLD_FIGURES, Origin

YEAR = 4  # quarters


class Found(NamedTuple):
    """A value, where it comes from and as of when."""

    value: Decimal
    source: str
    as_of: date


def back(quarter: date, count: int) -> date:
    return months_after(quarter, -MONTHS_OF_QUARTER * count)


class OnFile:
    """The figures of some accounts around some quarters: two queries, whatever their number."""

    def __init__(self, accounts: Iterable[int], quarters: Iterable[date]) -> None:
        known, wanted = set(accounts), sorted(set(quarters))
        self.quarters: dict[int, dict[date, Any]] = defaultdict(dict)
        self.told: dict[tuple[int, str], dict[date, Any]] = defaultdict(dict)
        if not known or not wanted:
            return
        span = {"quarter_begins_on__gte": back(wanted[0], 2 * YEAR - 1), "quarter_begins_on__lte": wanted[-1]}
        for row in Performance.objects.filter(account__in=known, **span):
            self.quarters[row.account_id][row.quarter_begins_on] = row
        for one in Figure.objects.filter(account__in=known, kind__in=TOLD_FIGURES, replaced_at=None, **span):
            self.told[one.account_id, one.kind][one.quarter_begins_on] = one

    def find(self, origin: str, account: int, quarter: date) -> Found | None:
        """What is on file; None where nothing is, or too little to say it."""
        if origin in TOLD_FIGURES:
            return self.find_told(origin, account, quarter)
        ways = {
            Origin.NET_QUARTER: self.net_quarter, Origin.NET_YEAR: self.net_year, Origin.GROWTH: self.growth,
            Origin.ORDERS: self.orders, Origin.ON_TIME: self.on_time,
        }  # fmt: skip
        way = ways.get(Origin(origin))
        return way(account, quarter) if way else None

    def year(self, account: int, quarter: date) -> list[Any]:
        """The quarters on file of the twelve months that end with this one."""
        rows = self.quarters.get(account, {})
        return [rows[day] for n in range(YEAR) if (day := back(quarter, n)) in rows]

    def net_quarter(self, account: int, quarter: date) -> Found | None:
        row = self.quarters.get(account, {}).get(quarter)
        return told_of([row], row.net) if row else None

    def net_year(self, account: int, quarter: date) -> Found | None:
        rows = self.year(account, quarter)
        return told_of(rows, sum((row.net for row in rows), Decimal())) if rows else None

    def growth(self, account: int, quarter: date) -> Found | None:
        """In percent, of twelve months on the twelve before; not told where there was nothing to grow from."""
        now, before = self.year(account, quarter), self.year(account, back(quarter, YEAR))
        base = sum((row.net for row in before), Decimal())
        if not now or base <= 0:
            return None
        return told_of(now, 100 * (sum((row.net for row in now), Decimal()) - base) / base)

    def orders(self, account: int, quarter: date) -> Found | None:
        rows = self.year(account, quarter)
        return told_of(rows, Decimal(sum(row.orders for row in rows))) if rows else None

    def on_time(self, account: int, quarter: date) -> Found | None:
        rows = self.year(account, quarter)
        promised = sum(row.promised for row in rows)
        return told_of(rows, Decimal(100 * sum(row.on_time for row in rows)) / promised) if promised else None

    def find_told(self, origin: str, account: int, quarter: date) -> Found | None:
        """The newest figure that somebody told for the quarter or for one of the three before."""
        known = self.told.get((account, origin), {})
        row = next((known[day] for n in range(YEAR) if (day := back(quarter, n)) in known), None)
        return (
            Found(row.value, _("%(source)s, %(quarter)s") % {"source": row.source, "quarter": row.label}, row.as_of)
            if row
            else None
        )


def told_of(rows: list[Any], value: Decimal) -> Found:
    """The value with the source and the day of the newest of the quarters it is reckoned from."""
    newest = max(rows, key=lambda row: row.quarter_begins_on)
    return Found(value, newest.source, max(row.as_of for row in rows))
