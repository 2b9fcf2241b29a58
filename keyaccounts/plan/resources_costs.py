"""What a plan takes, by action and in all, and that against what the account is worth (N6.1, N6.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.choices import FigureKind
from accounts.models import Figure, Performance

from ..models import ResourceLine
from ..models.spending import plainly

QUARTERS = 4  # what an account is worth: the last four quarters on file
NOTHING, TENTH = Decimal(), Decimal("0.1")


@dataclass(frozen=True)
class ActionCost:
    """What one action takes: people-days and money."""

    what: str
    days: Decimal
    money: Decimal

    @property
    def days_said(self) -> str:
        return plainly(self.days)

    @property
    def money_said(self) -> str:
        return plainly(self.money)


@dataclass(frozen=True)
class Costs:
    """All of them. `net`: net value of the last `quarters` quarters on file, `margin` the newest margin in percent, if known."""

    lines: list[ActionCost]
    net: Decimal | None = None
    quarters: int = 0
    until: str = ""
    margin: Decimal | None = None

    @property
    def whole(self) -> ActionCost:
        return ActionCost(
            "", sum((one.days for one in self.lines), NOTHING), sum((one.money for one in self.lines), NOTHING)
        )

    @property
    def net_said(self) -> str:
        return "" if self.net is None else plainly(self.net.quantize(Decimal(1)))

    @property
    def earned(self) -> Decimal | None:
        """What is left of the net value by the margin."""
        return None if self.net is None or self.margin is None else self.net * self.margin / 100

    @property
    def earned_said(self) -> str:
        return "" if self.earned is None else plainly(self.earned.quantize(Decimal(1)))

    @property
    def share(self) -> Decimal | None:
        """The money of the plan in percent of the net value."""
        return share_of(self.whole.money, self.net)

    @property
    def share_earned(self) -> Decimal | None:
        """The money of the plan in percent of what is earned."""
        return share_of(self.whole.money, self.earned)

    @property
    def note(self) -> str:
        """The share in words, for the end of the bar."""
        return percent(self.share)

    @property
    def filled(self) -> int:
        return min(100, round(self.share)) if self.share is not None else 0

    @property
    def verdict(self) -> tuple[str, str]:
        """A sentence and its tone: whether the account carries what the plan takes."""
        if self.net is None:
            return _("No figures of this account are on file: the cost stands against nothing yet."), "neutral"
        if self.earned is None:
            return _("No margin of this account is on file: it is not known what the account earns."), "neutral"
        if self.share_earned is None:
            return _("The account earns nothing at present: all that the plan takes is put in beforehand."), "warn"
        said = {"share": percent(self.share_earned)}
        if self.share_earned > 100:
            return _("The plan takes more than the account earns in a year: %(share)s of it.") % said, "bad"
        return _("The plan takes %(share)s of what the account earns in a year.") % said, "good"


def share_of(part: Decimal, whole: Decimal | None) -> Decimal | None:
    return None if whole is None or whole <= 0 else 100 * part / whole


def percent(share: Decimal | None) -> str:
    return "" if share is None else _("%(share)s %%") % {"share": plainly(share.quantize(TENTH))}


def costs_of(plan: Any, rows: Iterable[ResourceLine]) -> Costs:
    """Of these lines, by action; two queries where there are any: the last quarters on file, the newest margin."""
    by_action: dict[int, list[ResourceLine]] = {}
    for line in sorted(rows, key=lambda one: (one.action.due or date.max, one.action_id, one.pk)):
        by_action.setdefault(line.action_id, []).append(line)
    lines = [
        ActionCost(of[0].action.what, sum((one.days for one in of), NOTHING), sum((one.money for one in of), NOTHING))
        for of in by_action.values()
    ]
    return worth(lines, plan.account_id) if lines else Costs([])


def worth(lines: list[ActionCost], account: int) -> Costs:
    quarters = list(Performance.objects.filter(account=account).order_by("-quarter_begins_on")[:QUARTERS])
    told = Figure.objects.filter(account=account, kind=FigureKind.MARGIN, replaced_at=None)
    margin = told.order_by("-quarter_begins_on").first()
    if not quarters:
        return Costs(lines)
    net = sum((one.net for one in quarters), NOTHING)
    return Costs(lines, net, len(quarters), quarters[0].label, margin.value if margin else None)
