"""What the customer is worth, period by period: what we plan beside what is on file (N2.3; read again by N9.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Value
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.choices import FigureKind
from accounts.models import Figure, Performance
from accounts.quarters import in_cents, label_of, quarter_of
from acr_program.charter.shell import frame
from acr_program.ui.charts import Bar, Bars
from acr_program.ui.phrases import number

from ..calendar import months_after
from ..models import Worth
from .kinds import find
from .value_formula import percent

QUARTER = 3  # months
NET, MARGIN = "net", "margin"
WHOLE = Decimal(100)


def title_of(worth: Any) -> str:
    """Q1 2027; or Q1 2027 to Q4 2027."""
    first = label_of(worth.begins_on)
    if worth.months == QUARTER:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": label_of(months_after(ends_of(worth), -QUARTER))}


def ends_of(worth: Any) -> date:
    """The first day after it."""
    return months_after(worth.begins_on, worth.months)


@dataclass(frozen=True)
class Period:
    """One period of a plan beside what is on file of it.

    `net` is the net value of its quarters, None where none of them is on file; `margin` in percent, the newest told for one of
    them. `running`: it is not over, so that the figures are those so far.
    """

    worth: Worth
    net: Decimal | None
    margin: Decimal | None
    running: bool

    @property
    def title(self) -> str:
        return title_of(self.worth)

    @property
    def of_plan(self) -> int | None:
        """What is on file, in percent of the planned revenue."""
        return share(self.net, self.worth.revenue)

    @property
    def of_potential(self) -> int | None:
        """What is on file, in percent of the potential."""
        return share(self.net, self.worth.potential)

    @property
    def margin_said(self) -> str:
        return "" if self.margin is None else percent(self.margin)

    @property
    def tone(self) -> str:
        """How it does against its plan, once it is over."""
        if self.of_plan is None or self.running:
            return "neutral"
        return "good" if self.of_plan >= WHOLE else "warn"


def share(part: Decimal | None, whole: Decimal | None) -> int | None:
    return None if part is None or not whole else round(WHOLE * part / whole)


def periods_of(plan: Any, today: date | None = None) -> list[Period]:
    """Every period of the plan, the first one first; two queries, one where there is none."""
    kind = find("worth")
    rows = kind.read(plan) if kind else []
    if not rows:
        return []
    on_file = figures_since(plan.account_id, min(row.begins_on for row in rows))
    return [period(row, on_file[NET], on_file[MARGIN], today or localdate()) for row in rows]


def figures_since(account: int, begins: date) -> dict[str, dict[date, Decimal]]:
    """Net value and margin of each quarter from this one on, as far as they are on file; one query for both."""
    span = {"account": account, "quarter_begins_on__gte": begins}
    net = Performance.objects.filter(**span).annotate(what=Value(NET)).order_by()
    told = (
        Figure.objects.filter(kind=FigureKind.MARGIN, replaced_at=None, **span).annotate(what=Value(MARGIN)).order_by()
    )
    found: dict[str, dict[date, Decimal]] = {NET: {}, MARGIN: {}}
    rows = net.values_list("what", "quarter_begins_on", "net")
    for what, quarter, value in rows.union(told.values_list("what", "quarter_begins_on", "value"), all=True):
        found[what][quarter] = value
    return found


def period(worth: Worth, net: dict[date, Decimal], margins: dict[date, Decimal], today: date) -> Period:
    quarters = [months_after(worth.begins_on, n) for n in range(0, worth.months, QUARTER)]
    sold = [net[day] for day in quarters if day in net]
    told = [margins[day] for day in quarters if day in margins]
    return Period(worth, sum(sold, Decimal()) if sold else None, told[-1] if told else None, today < ends_of(worth))


def picture(periods: Sequence[Period]) -> Bars | None:
    """On file against planned, a bar a period; none where nothing is on file, or less than nothing (credit notes)."""
    shown = [one for one in periods if one.net is not None]
    if not shown or any(one.net is not None and one.net < 0 for one in shown):
        return None
    planned = [one for one in shown if one.worth.revenue is not None]
    return Bars(
        sentence=sentence(planned),
        bars=[
            Bar(one.title, amount(one.net), goal=amount(one.worth.revenue), beyond=amount(one.worth.potential))
            for one in shown
        ],
        places=0, head=_("Period"), value_name=_("On file"), beyond_name=_("Potential"), goal_name=_("Planned"),
        unit=frame().currency,
    )  # fmt: skip


def sentence(planned: Sequence[Period]) -> str:
    """The finding, of the periods that have both."""
    if not planned:
        return _("Net value on file, period by period.")
    net = sum((one.net or Decimal() for one in planned), Decimal())
    revenue = sum((one.worth.revenue or Decimal() for one in planned), Decimal())
    said = {"net": number(in_cents(net), 0), "revenue": number(in_cents(revenue), 0), "currency": frame().currency}
    return _("%(net)s %(currency)s on file of %(revenue)s %(currency)s planned.") % said


def amount(value: Decimal | None) -> float | None:
    return None if value is None else float(in_cents(value))


def quarters_to_choose(kept: date | None = None, today: date | None = None) -> list[date]:
    """Two years back and two ahead; and the one that a row has already."""
    here = quarter_of(today or localdate())
    found = {months_after(here, QUARTER * n) for n in range(-8, 9)} | ({kept} if kept else set())
    return sorted(found)
