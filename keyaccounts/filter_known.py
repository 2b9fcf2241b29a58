"""What is on file of accounts on a day, with where it comes from and as of when; three queries for any number of them (K-08)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from accounts.models import Account, Fact, Figure, Performance
from accounts.quarters import growth, label_of, quarter_of
from acr_program.ui.phrases import day, number

from .choices_filter import PERCENT, TOLD, YES_NO, KnownFact

PLACES = Decimal("0.01")
QUARTERS = 4


@dataclass(frozen=True)
class Known:
    """One fact: its value, or None with the reason why it is not known."""

    fact: str
    value: Decimal | bool | None
    source: str
    as_of: date | None = None

    @property
    def words(self) -> str:
        if self.value is None:
            return _("not known: %(why)s") % {"why": self.source}
        return value_said(self.fact, self.value)

    def kept(self) -> list[Any]:
        """As a scorecard keeps it."""
        value = self.value if self.value is None or isinstance(self.value, bool) else str(self.value)
        return [value, self.source, self.as_of.isoformat() if self.as_of else None]


Facts = dict[str, Known]


def value_said(fact: str, value: Decimal | bool) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{plain(value)} %" if fact in PERCENT else plain(value)


def plain(value: Decimal | int) -> str:
    """With as many places as it has: 62, 62.4."""
    return number(format(Decimal(value).normalize(), "f"))


def kept_again(facts: dict[str, list[Any]]) -> Facts:
    """What a scorecard has kept, as it was."""
    return {fact: one_kept(fact, *kept) for fact, kept in facts.items()}


def one_kept(fact: str, value: Any, source: str, as_of: str | None) -> Known:
    known = Decimal(value) if isinstance(value, str) else value
    return Known(fact, known, source, date.fromisoformat(as_of) if as_of else None)


def known_of(account: Account, on: date | None = None) -> Facts:
    return known_of_many([account], on)[account.pk]


def known_of_many(accounts: Iterable[Account], on: date | None = None) -> dict[int, Facts]:
    """Of each account what was known on this day: figures corrected later count as they were told then, what holds or does
    not hold counts from the day on which it does, whenever it was said."""
    on, accounts = on or localdate(), list(accounts)
    pks = [account.pk for account in accounts]
    quarters, figures, held = quarters_of(pks, on), figures_of(pks, on), held_of(pks, on)
    return {
        account.pk: known_from(account, on, quarters[account.pk], figures[account.pk], held[account.pk])
        for account in accounts
    }


def year_before(on: date, years: int = 1) -> date:
    """The first day of the year of four complete quarters that ended before this day's quarter."""
    ends = quarter_of(on)
    return ends.replace(year=ends.year - years)


def quarters_of(pks: list[int], on: date) -> dict[int, list[Performance]]:
    found: dict[int, list[Performance]] = defaultdict(list)
    for row in Performance.objects.filter(account__in=pks, quarter_begins_on__lt=quarter_of(on)).defer("mix"):
        found[row.account_id].append(row)
    return found


def figures_of(pks: list[int], on: date) -> dict[int, dict[str, Figure]]:
    """The newest told figure of each kind within the year, as it stood on that day."""
    ends = make_aware(datetime.combine(on, time.max))
    rows = Figure.objects.filter(
        Q(replaced_at=None) | Q(replaced_at__gt=ends), account__in=pks, kind__in=TOLD, said_at__lte=ends,
        quarter_begins_on__lte=on, quarter_begins_on__gte=year_before(on),
    ).order_by("quarter_begins_on", "pk")  # fmt: skip
    found: dict[int, dict[str, Figure]] = defaultdict(dict)
    for row in rows:
        found[row.account_id][row.kind] = row
    return found


def held_of(pks: list[int], on: date) -> dict[int, dict[str, Fact]]:
    rows = Fact.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on), account__in=pks, kind__in=YES_NO, since_on__lte=on
    ).select_related("said_by")
    found: dict[int, dict[str, Fact]] = defaultdict(dict)
    for row in rows:
        found[row.account_id][row.kind] = row
    return found


def known_from(
    account: Account, on: date, quarters: list[Performance], told: dict[str, Figure], held: dict[str, Fact]
) -> Facts:
    found = [
        *of_orders(quarters, on),
        *(of_figure(kind, told.get(kind)) for kind in TOLD),
        of_age(account, on),
        *(of_fact(kind, held.get(kind), on) for kind in YES_NO),
    ]
    return {known.fact: known for known in found}


@dataclass(frozen=True)
class Year:
    """Four quarters together."""

    rows: list[Performance]

    def sum(self, name: str) -> Any:
        return sum(getattr(row, name) for row in self.rows)

    @property
    def net(self) -> Decimal:
        return sum((row.net for row in self.rows), Decimal())

    @property
    def orders(self) -> int:
        return int(self.sum("orders"))

    @property
    def source(self) -> str:
        return ", ".join(dict.fromkeys(row.source for row in self.rows))

    @property
    def as_of(self) -> date | None:
        return max((row.as_of for row in self.rows), default=None)


def of_orders(quarters: list[Performance], on: date) -> list[Known]:
    """A quarter without orders has no row: it is nought where older or newer ones are on file, and unknown where none is."""
    now = Year([row for row in quarters if row.quarter_begins_on >= year_before(on)])
    before = Year([row for row in quarters if year_before(on, 2) <= row.quarter_begins_on < year_before(on)])
    kinds = (KnownFact.NET, KnownFact.GROWTH, KnownFact.ORDERS, KnownFact.ON_TIME)
    if not quarters:
        return [Known(kind, None, _("no figures are on file")) for kind in kinds]
    source, as_of = now.source or _("no orders in the year"), now.as_of or quarters[-1].as_of
    grown, promised = growth(now, before), now.sum("promised")
    return [
        Known(KnownFact.NET, rounded(now.net), source, as_of),
        Known(KnownFact.GROWTH, rounded(grown * 100), source, as_of)
        if grown is not None
        else Known(KnownFact.GROWTH, None, _("too few orders in one of the two years")),
        Known(KnownFact.ORDERS, Decimal(now.orders), source, as_of),
        Known(KnownFact.ON_TIME, rounded(Decimal(100 * now.sum("on_time")) / promised), source, as_of)
        if promised
        else Known(KnownFact.ON_TIME, None, _("no order with a promised day was shipped in the year")),
    ]


def rounded(value: Decimal) -> Decimal:
    """To two places: what is compared is what is shown."""
    return value.quantize(PLACES, ROUND_HALF_UP)


def of_figure(kind: str, figure: Figure | None) -> Known:
    if figure is None:
        return Known(kind, None, _("nobody has told it within the year"))
    source = _("%(source)s, %(quarter)s") % {"source": figure.source, "quarter": label_of(figure.quarter_begins_on)}
    return Known(kind, rounded(figure.value), source, figure.as_of)


def of_age(account: Account, on: date) -> Known:
    since = account.customer_since
    if since is None:
        return Known(KnownFact.YEARS, None, _("since when it is a customer is not on file"))
    years = on.year - since.year - ((on.month, on.day) < (since.month, since.day))
    return Known(KnownFact.YEARS, Decimal(max(years, 0)), _("a customer since %(day)s") % {"day": day(since)}, on)


def of_fact(kind: str, fact: Fact | None, on: date) -> Known:
    if fact is None:
        return Known(kind, False, _("nothing on file that says so"), on)
    words = _("%(reason)s (%(who)s, since %(day)s)")
    return Known(kind, True, words % {"reason": fact.reason, "who": fact.said_by.name, "day": day(fact.since_on)}, on)
