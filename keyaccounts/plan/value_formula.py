"""One ranking of all customers by one declared formula: both its ends, and the place of an account (N2.1, N2.2).

The formula is money, no points: whoever doubts a place can reckon it again from what is on file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.absent import without_absent
from accounts.choices import FigureKind
from accounts.models import Account, Figure, Performance
from accounts.quarters import growth, label_of, quarter_of
from acr_program.people.models import User
from acr_program.ui.phrases import number

from ..calendar import months_after

FORMULA = 1  # the version of the formula; another formula is another number
SAYS = gettext_lazy(
    "Value is the net value of the last four complete quarters, times the newest margin that somebody told for one of them."
)
WHERE_NOT_TOLD = gettext_lazy(
    "Where no margin is told, the middle one of all customers stands in for it; where none is told of anybody, net value counts."
)
RANKED_ARE = gettext_lazy(
    "Ranked are customers, active or at risk, of whom a quarter is on file. Who bought nothing in the four counts with nought."
)
CENT = Decimal("0.01")
WHOLE = Decimal(100)  # percent


class Orders(NamedTuple):
    """What growth is reckoned from: net value and number of orders of four quarters."""

    net: Decimal
    orders: int


@dataclass(frozen=True)
class Ranked:
    """One customer in the ranking. `margin` in percent as it was told, None where it was not; `grown` as a share, None where
    too few orders tell it; equal values share a place."""

    account: int
    place: int
    net: Decimal
    margin: Decimal | None
    value: Decimal
    grown: Decimal | None


@dataclass(frozen=True)
class Ranking:
    """All of them, the best first. The quarters are those from `begins` to the one before `ends`."""

    rows: tuple[Ranked, ...]
    begins: date
    ends: date
    middle: Decimal | None  # the margin of those that nobody told

    def of(self, account: int) -> Ranked | None:
        return next((row for row in self.rows if row.account == account), None)

    @property
    def span(self) -> str:
        said = {"first": label_of(self.begins), "last": label_of(months_after(self.ends, -3))}
        return _("%(first)s to %(last)s") % said

    def ends_of(self, seen: set[int], most: int) -> tuple[list[Ranked], list[Ranked]]:
        """The best and the worst of those that somebody sees, so many each; nobody stands at both ends."""
        rows = [row for row in self.rows if row.account in seen]
        best = rows[: min(most, (len(rows) + 1) // 2)]
        return best, rows[len(best) :][-most:][::-1]


def rankable(user: User) -> QuerySet[Account]:
    """Customers as the company has them; what is absent from this person is not counted either."""
    found: QuerySet[Account] = without_absent(Account.objects.live(), user).order_by()
    return found


def ranking_for(user: User, on: date | None = None) -> Ranking:
    """The ranking on this day; two queries, whatever the number of customers."""
    ends = quarter_of(on or localdate())
    begins = ends.replace(year=ends.year - 1)
    accounts = rankable(user).values("pk")
    margins = margins_of(accounts, begins, ends)
    found = [reckoned(row, margins.get(row["account"])) for row in quarters_of(accounts, begins, ends)]
    told = [margin for _account, _now, _before, margin in found if margin is not None]
    middle = median(told) if told else None
    worth = [
        (value_of(now.net, margin, middle), account, now, before, margin) for account, now, before, margin in found
    ]
    worth.sort(key=lambda one: (-one[0], one[1]))
    rows: list[Ranked] = []
    for n, (value, account, now, before, margin) in enumerate(worth, 1):
        place = rows[-1].place if rows and rows[-1].value == value else n
        rows.append(Ranked(account, place, now.net, margin, value, growth(now, before)))
    return Ranking(tuple(rows), begins, ends, middle)


def value_of(net: Decimal, margin: Decimal | None, middle: Decimal | None) -> Decimal:
    """The formula, to the cent: what is compared is what is shown."""
    share = WHOLE if middle is None else middle if margin is None else margin
    return (net * share / WHOLE).quantize(CENT, ROUND_HALF_UP) + 0


def reckoned(row: dict[str, Any], margin: Decimal | None) -> tuple[int, Orders, Orders, Decimal | None]:
    """One account: its four quarters, the four before, and its margin."""
    now = Orders((row["net_now"] or Decimal()).quantize(CENT, ROUND_HALF_UP), row["orders_now"] or 0)
    before = Orders(row["net_before"] or Decimal(), row["orders_before"] or 0)
    return row["account"], now, before, margin


def quarters_of(accounts: Any, begins: date, ends: date) -> QuerySet[Any, Any]:
    now = Q(quarter_begins_on__gte=begins)
    before = Q(quarter_begins_on__lt=begins, quarter_begins_on__gte=begins.replace(year=begins.year - 1))
    rows = Performance.objects.filter(account__in=accounts, quarter_begins_on__lt=ends).order_by().values("account")
    return rows.annotate(
        net_now=Sum("net", filter=now), orders_now=Sum("orders", filter=now),
        net_before=Sum("net", filter=before), orders_before=Sum("orders", filter=before),
    )  # fmt: skip


def margins_of(accounts: Any, begins: date, ends: date) -> dict[int, Decimal]:
    """The newest margin told for one of these quarters, in percent."""
    rows = Figure.objects.filter(
        account__in=accounts, kind=FigureKind.MARGIN, replaced_at=None,
        quarter_begins_on__gte=begins, quarter_begins_on__lt=ends,
    )  # fmt: skip
    return dict(rows.order_by("quarter_begins_on", "pk").values_list("account", "value"))


def percent(value: Decimal) -> str:
    """With as many places as it has: 24 %, 24.5 %."""
    return f"{number(format(value.normalize(), 'f'))} %"
