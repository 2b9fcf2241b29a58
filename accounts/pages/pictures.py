"""An account's figures by quarter as pictures, each with the sentence that says the finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.charter.shell import frame
from acr_program.ui.charts import Bar, Bars, Grid, Part, Square, Stack
from acr_program.ui.parts import Figure
from acr_program.ui.phrases import day, number

from ..models import Performance
from ..quarters import complete, growth, in_cents, net_of

SHOWN_QUARTERS, YEAR = 8, 4
MILLION, THOUSAND = 1_000_000, 1_000
PARTS = 4  # series that can be told apart


@dataclass(frozen=True)
class Pictures:
    """The last quarters, with where they come from; the mix where they were computed from orders."""

    numbers: list[Figure]
    net: Bars
    kept: Bars
    growth: Grid | None
    mix: Stack | None
    source: str


def pictures(quarters: Sequence[Performance], today: date) -> Pictures | None:
    """Of the last eight quarters on file; those before them serve for comparison alone."""
    if not quarters:
        return None
    shown, last = quarters[-SHOWN_QUARTERS:], quarters[-1]
    source = {"source": last.source, "day": day(last.as_of)}
    return Pictures(
        numbers=numbers(complete(quarters, today)),
        net=net(shown),
        kept=kept(shown),
        growth=grown(complete(quarters, today), complete(shown, today)),
        mix=mix(shown),
        source=_("From %(source)s, as of %(day)s.") % source,
    )


def numbers(quarters: Sequence[Performance]) -> list[Figure]:
    """The year that a review looks back over: the last four complete quarters on file."""
    year = quarters[-YEAR:]
    if not year:
        return []
    orders, shipped = sum(q.orders for q in year), sum(q.shipped for q in year)
    promised, on_time = sum(q.promised for q in year), sum(q.on_time for q in year)
    stated = any(q.stated for q in year)  # how many were shipped is not known of all
    span = _("%(first)s to %(last)s") % {"first": year[0].label, "last": year[-1].label}
    currency = frame().currency
    found = [
        Figure(
            number(in_cents(net_of(year)), 0),
            _("Net value, %(currency)s") % {"currency": currency} if currency else _("Net value"),
            span,
        ),
        Figure(number(orders), _("Orders"), "" if stated else _("%(n)s shipped") % {"n": number(shipped)}),
    ]
    if promised:
        of = {"kept": number(on_time), "made": number(promised)}
        found.append(
            Figure(f"{number(100 * on_time / promised, 0)} %", _("Promises kept"), _("%(kept)s of %(made)s") % of)
        )
    return found


def net(shown: Sequence[Performance]) -> Bars:
    unit, name = value_unit(shown)
    words = {
        "last": shown[-1].label,
        "net": number(in_cents(shown[-1].net), 0),
        "currency": frame().currency,
        "n": len(shown),
    }
    return Bars(
        sentence=ngettext(
            "Net value of one quarter: %(net)s %(currency)s in %(last)s.",
            "Net value by quarter, %(n)d quarters: %(net)s %(currency)s in %(last)s.", len(shown),
        ) % words,
        bars=[Bar(q.label, float(q.net) / unit) for q in shown], places=0, head=_("Quarter"), value_name=name,
    )  # fmt: skip


def value_unit(shown: Sequence[Performance]) -> tuple[int, str]:
    large = max(q.net for q in shown) >= MILLION
    name = _("Net value, thousand %(currency)s") if large else _("Net value, %(currency)s")
    return THOUSAND if large else 1, name % {"currency": frame().currency}


def kept(shown: Sequence[Performance]) -> Bars:
    words = {"first": shown[0].label, "last": shown[-1].label}
    return Bars(
        sentence=_("Orders shipped by the promised day, of those with one, from %(first)s to %(last)s.") % words,
        bars=[Bar(q.label, share(q)) for q in shown], unit="%", places=0, head=_("Quarter"),
        value_name=_("Shipped by the promised day"),
    )  # fmt: skip


def share(quarter: Performance) -> float | None:
    """Promises kept in percent; None where none was made."""
    return 100 * quarter.on_time / quarter.promised if quarter.promised else None


def grown(quarters: Sequence[Performance], shown: Sequence[Performance]) -> Grid | None:
    """Each complete quarter against the same one a year before: a row a year."""
    if not shown:
        return None
    known = {q.quarter_begins_on: q for q in quarters}
    years = sorted({q.quarter_begins_on.year for q in shown})
    began = shown[0].quarter_begins_on
    squares = [
        (
            str(year),
            [
                square(known, date(year, month, 1)) if date(year, month, 1) >= began else Square("")
                for month in (1, 4, 7, 10)
            ],
        )
        for year in years
    ]
    return Grid(
        sentence=_("Growth of the net value on the same quarter a year before."),
        columns=["Q1", "Q2", "Q3", "Q4"], rows=squares, head=_("Year"),
    )  # fmt: skip


def square(known: dict[date, Performance], begins_on: date) -> Square:
    now, before = known.get(begins_on), known.get(begins_on.replace(year=begins_on.year - 1))
    if now is None:
        return Square("")
    change = growth(now, before) if before else None
    if change is None:
        return Square("–", note=_("nothing to compare with") if before is None else _("too few orders to compare"))
    percent = number(100 * change, 0)
    tone = "good" if change >= Decimal("0.005") else "bad" if change <= Decimal("-0.005") else "neutral"
    return Square(f"+{percent} %" if tone == "good" else f"{percent} %".replace("-", "−"), tone)


def mix(shown: Sequence[Performance]) -> Stack | None:
    """The largest categories, and all others together, by quarter."""
    rows = [q for q in shown if q.computed]
    if not rows:
        return None
    sums: dict[str, Decimal] = {}
    for q in rows:
        for category, amount in q.mix.items():
            sums[category] = sums.get(category, Decimal()) + Decimal(amount)
    ranked = sorted(sums, key=lambda category: (-sums[category], category))
    named = ranked if len(ranked) <= PARTS else ranked[: PARTS - 1]
    others = len(ranked) - len(named)
    parts = [Part(category or _("Without a category"), n) for n, category in enumerate(named, 1)]
    if others:
        parts.append(Part(_("%(n)d others") % {"n": others}, PARTS))
    unit, name = value_unit(rows)
    return Stack(
        sentence=_("Net value by category and quarter; most is %(category)s.") % {"category": parts[0].name},
        parts=parts, rows=[(q.label, amounts(q, named, others, unit)) for q in rows], head=name,
    )  # fmt: skip


def amounts(quarter: Performance, named: Sequence[str], others: int, unit: int) -> list[float]:
    """One figure a part; what was given back in a quarter has no width."""
    values: dict[str, Any] = {category: Decimal(amount) for category, amount in quarter.mix.items()}
    found = [values.pop(category, Decimal()) for category in named]
    if others:
        found.append(sum(values.values(), Decimal()))
    return [max(float(round(value / unit)), 0) for value in found]
