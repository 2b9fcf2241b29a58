"""Quarterly figures of the demo accounts: grown from a seed, with late quarters, thin ones and none for prospects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from random import Random

from accounts.models import Account, Performance

FIRST = 8090  # a quarter before any that the demo knows; growth counts from it


def quarter_of(day: date) -> int:
    """The number of the day's quarter, counted through the years."""
    return day.year * 4 + (day.month - 1) // 3


def first_day(quarter: int) -> date:
    year, place = divmod(quarter, 4)
    return date(year, place * 3 + 1, 1)


def make_quarters(accounts: Iterable[Account], quarters: Iterable[int], as_of: date) -> None:
    """What the order system hands over once these quarters are complete."""
    rows = [row for account in accounts for quarter in quarters for row in _figures(account, quarter, as_of)]
    Performance.objects.bulk_create(rows)


def _figures(account: Account, quarter: int, as_of: date) -> Iterator[Performance]:
    begins = first_day(quarter)
    if account.customer_since is None or begins < account.customer_since:
        return
    nature, chance = Random(account.pk), Random(account.pk * 10_000 + quarter)  # noqa: S311 (a demo, not a secret)
    level, growth, care = nature.lognormvariate(10.2, 0.7), nature.uniform(-0.02, 0.05), nature.uniform(0.78, 0.99)
    orders = max(1, round(chance.gauss(11, 4)))
    shipped = orders - (chance.random() < 0.1)
    net = level * (1 + growth) ** (quarter - FIRST) * chance.uniform(0.75, 1.25)
    yield Performance(
        account=account, quarter_begins_on=begins, net=Decimal(str(round(net, 2))), orders=orders, shipped=shipped,
        promised=shipped, on_time=sum(chance.random() < care for _ in range(shipped)), source="Order system", as_of=as_of,
    )  # fmt: skip
