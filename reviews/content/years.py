"""The two years a review looks back on, quarter by quarter: what is on file, what is nought, and what nobody knows.

Of an account whose order lines are on file, a quarter without any is nought as far as the file of the office reaches;
before it opens nobody knows. Of an account whose figures were told, a quarter that nobody told is not on file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Min, QuerySet, Subquery
from django.utils.timezone import localdate

from accounts.models import Account, OrderLine, Performance
from accounts.quarters import label_of, quarter_of

QUARTERS = 4

Pair = tuple[Performance, Performance]


@dataclass(frozen=True)
class Years:
    """Eight quarters, the year looked back on last; a row of None is not on file."""

    begins: list[date]
    rows: list[Performance | None]
    opens_on: date | None = None  # the first order on file, where it lies within these years
    from_lines: bool = False

    @property
    def year(self) -> list[Performance]:
        return [row for row in self.rows[QUARTERS:] if row]

    @property
    def before(self) -> list[Performance]:
        return [row for row in self.rows[:QUARTERS] if row]

    @property
    def known(self) -> list[Performance]:
        return [*self.before, *self.year]

    @property
    def pairs(self) -> list[Pair]:
        """The quarters that both years have: growth is told of these alone."""
        both = zip(self.rows[QUARTERS:], self.rows[:QUARTERS], strict=True)
        return [(now, then) for now, then in both if now and then]

    @property
    def starts_on(self) -> date:
        return self.begins[QUARTERS]

    @property
    def ends_on(self) -> date:
        return following(self.begins[-1]) - timedelta(days=1)

    @property
    def as_of(self) -> date | None:
        return max((row.as_of for row in self.known), default=None)

    @property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(row.source for row in self.known))

    @property
    def orders(self) -> int:
        return sum(row.orders for row in self.known)

    @property
    def span(self) -> str:
        return span(self.begins[QUARTERS:])

    @property
    def span_before(self) -> str:
        return span(self.begins[:QUARTERS])


def looked_back_on(account: Account) -> Years:
    """The last four complete quarters on file and the four before them; the quarter that runs is no part of a year."""
    over: QuerySet[Performance] = Performance.objects.filter(quarter_begins_on__lt=quarter_of(localdate()))
    days = over.filter(stated=False).values("quarter_begins_on")
    bounds = {"opens": days.order_by("quarter_begins_on"), "closes": days.order_by("-quarter_begins_on")}
    own = over.filter(account=account).annotate(**{name: Subquery(found[:1]) for name, found in bounds.items()})
    found = list(own.order_by("-quarter_begins_on")[: 2 * QUARTERS])
    from_lines = any(not row.stated for row in found)
    last = max([row.quarter_begins_on for row in found], default=preceding(quarter_of(localdate())))
    if from_lines:
        last = max(last, found[0].closes)  # type: ignore[attr-defined]  # annotated
    begins = eight_until(last)
    rows: list[Performance | None] = [
        next((row for row in found if row.quarter_begins_on == day), None) for day in begins
    ]
    if not from_lines:
        return Years(begins, rows)
    opens, like = found[0].opens, next(row for row in found if not row.stated)  # type: ignore[attr-defined]
    filled = [row or (nought(like, day) if day >= opens else None) for row, day in zip(rows, begins, strict=True)]
    return Years(begins, filled, first_order(opens) if opens >= begins[0] else None, from_lines)


def nought(like: Performance, day: date) -> Performance:
    """A quarter in which the order file, that covers it, has nothing of the account."""
    return Performance(
        account_id=like.account_id, quarter_begins_on=day, net=Decimal(), orders=0, shipped=0, promised=0, on_time=0,
        source=like.source, as_of=like.as_of,
    )  # fmt: skip


def first_order(quarter: date) -> date | None:
    """The day of the first order on file, looked for among the accounts that ordered in the first quarter on file."""
    first = Performance.objects.filter(quarter_begins_on=quarter, stated=False).values("account")
    lines = OrderLine.objects.filter(account__in=first, ordered_on__lt=following(quarter))
    day: date | None = lines.aggregate(day=Min("ordered_on"))["day"]
    return day


def eight_until(last: date) -> list[date]:
    found = [last]
    while len(found) < 2 * QUARTERS:
        found.append(preceding(found[-1]))
    return found[::-1]


def preceding(quarter: date) -> date:
    return quarter_of(quarter - timedelta(days=1))


def following(quarter: date) -> date:
    return quarter_of(quarter + timedelta(days=95))


def span(begins: list[date]) -> str:
    """April 1997 to March 1998."""
    return f"{begins[0]:%B %Y} to {following(begins[-1]) - timedelta(days=1):%B %Y}"


def named(rows: list[Performance]) -> str:
    """Q3 1996, Q4 1996 and Q1 1997."""
    return listed([label_of(row.quarter_begins_on) for row in rows])


def listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
