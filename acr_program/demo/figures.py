"""Quarterly figures of the demo accounts: grown from a seed, with late quarters, thin ones and some missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

from accounts.models import Account, Performance


def quarters_before(day: date, count: int) -> Iterator[date]:
    """The first days of the last complete quarters, oldest first."""
    index = day.year * 4 + (day.month - 1) // 3
    for back in range(count, 0, -1):
        year, quarter = divmod(index - back, 4)
        yield date(year, quarter * 3 + 1, 1)


def make_figures(accounts: list[Account], chance: Random, today: date) -> None:
    """Eight quarters for most; fewer for young customers; none for prospects."""
    rows = [row for account in accounts for row in _of_account(account, chance, today)]
    Performance.objects.bulk_create(rows)


def _of_account(account: Account, chance: Random, today: date) -> Iterator[Performance]:
    if account.customer_since is None:
        return
    level, growth, care = chance.lognormvariate(10.2, 0.7), chance.uniform(-0.02, 0.05), chance.uniform(0.78, 0.99)
    for place, begins in enumerate(quarters_before(today, 8)):
        if begins < account.customer_since:
            continue
        orders = max(1, round(chance.gauss(11, 4)))
        net = Decimal(str(round(level * (1 + growth) ** place * chance.uniform(0.75, 1.25), 2)))
        shipped = orders - (chance.random() < 0.1)
        yield Performance(
            account=account, quarter_begins_on=begins, net=net, orders=orders, shipped=shipped,
            on_time=sum(chance.random() < care for _ in range(shipped)), source="Order system", as_of=today,
        )  # fmt: skip
