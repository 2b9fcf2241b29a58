"""What the order system of the demo hands over: order lines grown from a seed, late ones, thin ones, some never shipped.

Whole numbers and decimals alone, so that every machine grows the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from random import Random

from accounts.actions.figures import recompute
from accounts.models import Account, OrderLine
from acr_program.people.models import User

from .products import HOME, shelves

NEVER = {"Kestrel Airlines Catering", "Wolford & Quill Stationers' Café"}  # customers who have not ordered yet
ONCE = {"Quán Sen Group"}
DISCOUNTS = [Decimal(text) for text in ("0", "0", "0", "0", "0.05", "0.1", "0.15", "0.25")]
SOURCE = "Order system"


def quarter_of(day: date) -> int:
    """The number of the day's quarter, counted through the years."""
    return day.year * 4 + (day.month - 1) // 3


def first_day(quarter: int) -> date:
    year, place = divmod(quarter, 4)
    return date(year, place * 3 + 1, 1)


class OrderSystem:
    """Hands over what was ordered and shipped up to a day; what is shipped later comes with a later hand-over."""

    def __init__(self, accounts: Iterable[Account], begins: int, by: User) -> None:
        self.accounts = [account for account in accounts if account.customer_since and account.name not in NEVER]
        self.begins, self.by = begins, by
        self.under_way: list[tuple[OrderLine, date]] = []
        self.numbers = count(47_011)
        self.shelves = shelves()

    def hand_over(self, quarters: Iterable[int], as_of: date) -> None:
        """These quarters' orders so far, what has been shipped since the last time, and the figures anew."""
        fresh: list[OrderLine] = []
        for quarter in quarters:
            for account in self.accounts:
                fresh += self.orders(account, quarter, as_of)
        OrderLine.objects.bulk_create(fresh, batch_size=500)
        self.ship(as_of)
        recompute([account.pk for account in self.accounts], by=self.by, source=SOURCE, as_of=as_of)

    def ship(self, as_of: date) -> None:
        gone = [(line, on) for line, on in self.under_way if on <= as_of]
        for line, on in gone:
            line.shipped_on = on
        OrderLine.objects.bulk_update([line for line, _on in gone], ["shipped_on"], batch_size=500)
        self.under_way = [(line, on) for line, on in self.under_way if on > as_of]

    def orders(self, account: Account, quarter: int, as_of: date) -> Iterator[OrderLine]:
        nature, chance = Random(account.pk), Random(account.pk * 10_000 + quarter)  # noqa: S311 (a demo, not a secret)
        level, growth, care = nature.randint(50, 170), nature.randint(-2, 5), nature.randint(78, 98)
        size = max(20, level + growth * (quarter - self.begins))
        begins, since = first_day(quarter), account.customer_since
        number = chance.randint(3, 12)
        if account.name in ONCE:
            number = 1 if quarter == self.begins + 5 else 0
        for day in sorted(chance.randint(0, 89) for _ in range(number)):
            ordered_on = begins + timedelta(days=day)
            if since and since <= ordered_on <= as_of and quarter_of(ordered_on) == quarter:
                yield from self.order(account, chance, ordered_on, size, care)

    def order(self, account: Account, chance: Random, ordered_on: date, size: int, care: int) -> Iterator[OrderLine]:
        """One order, and when it will be shipped: mostly in time, now and then late, in part, or never."""
        number, days = str(next(self.numbers)), chance.randint(5, 14)
        promised = chance.randint(1, 100) <= 96
        late = chance.randint(1, 100) > care
        ships = ordered_on + timedelta(days=days + chance.randint(1, 12) if late else chance.randint(1, days))
        lost = chance.choice([-1, 0]) if chance.randint(1, 100) == 1 else None  # a line, or all of them
        for place, (category, product, price) in enumerate(self.basket(account, chance), start=1):
            line = OrderLine(
                account=account, number=number, line=place, product=product[:120], category=category,
                quantity=Decimal(max(1, chance.randint(8, 80) * size // 100)), unit_price=price,
                discount=chance.choice(DISCOUNTS), ordered_on=ordered_on,
                required_on=ordered_on + timedelta(days=days) if promised else None,
            )  # fmt: skip
            if lost != -1 and not (lost == 0 and place == 1):
                self.under_way.append((line, ships))
            yield line

    def basket(self, account: Account, chance: Random) -> Sequence[tuple[str, str, Decimal]]:
        """One to five products, half of them from the shelf that the account's business unit stands for."""
        home, found = HOME.get(account.business_unit, 3), {}
        for _ in range(chance.randint(1, 5)):
            category, products = self.shelves[
                home if chance.randint(0, 1) else chance.randint(0, len(self.shelves) - 1)
            ]
            name, price = chance.choice(products)
            found[name] = (category, name, price)
        return list(found.values())
