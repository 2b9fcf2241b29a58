"""The one format of all account plans: nine parts, what each asks, and what it demands (N4.2, N4.6; feature 76).

A demand is a row count: so many rows of a kind there must be, or no more than so many. All demands of a plan are asked in one
query, for one plan as for a list of them. The quality of a plan is the share of its demands that are met, by weight.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from ..choices_plan import PartKey, Side

FORMAT = 1  # the version that new plans begin in; a plan keeps its own
FRESH = timedelta(days=92)  # a part that nobody touched for longer is stale (N4.1)
Words = str | Promise
ALL = Q()  # every row of the model


def fresh_since() -> datetime:
    """What was touched before this moment is stale; the beginning of a day, so that all of one day say the same."""
    return datetime.combine(localdate() - FRESH, time.min, UTC)


@dataclass(frozen=True)
class PartFormat:
    """One part: what it is about, and what its text answers."""

    key: PartKey
    about: Words
    asks: Words

    @property
    def title(self) -> Words:
        return self.key.label


PARTS: tuple[PartFormat, ...] = (
    PartFormat(
        PartKey.DIRECTION, _("In which lines of business and sectors of the customer we are, why, and how it pays."),
        _("What we conclude from it: where we go on, where we begin, where we leave."),
    ),
    PartFormat(
        PartKey.VALUE, _("What the customer is worth, what it needs, and why it buys from us."),
        _("What we conclude from it, in a few sentences."),
    ),
    PartFormat(
        PartKey.RELATION, _("Whom we know, how well, for how long, and what must be remembered."),
        _("How the relationship stands, in a few sentences."),
    ),
    PartFormat(
        PartKey.BLUEPRINT, _("The direction, the opportunities and the priorities; the data that matter."),
        _("The direction: where we want to be with this customer, and why it wants us there."),
    ),
    PartFormat(
        PartKey.ACTIONS, _("What is done, for which goal, by when, by whom, and what happens if it is not."),
        _("How the actions hang together."),
    ),
    PartFormat(
        PartKey.RESOURCES, _("Days, money and skills that the plan takes."), _("What the plan needs that is not there yet.")
    ),
    PartFormat(
        PartKey.COMMUNICATION, _("Who must know the plan, and what we will and will not do."),
        _("How the plan reaches those who need it, inside and at the customer."),
    ),
    PartFormat(
        PartKey.DAILY, _("Queries, contacts, ideas, renewals and what the customer says of it."),
        _("What the daily work has taught us."),
    ),
    PartFormat(
        PartKey.MONITORING, _("How the plan does against its objectives, and whether the account still deserves its status."),
        _("Does the account still deserve its status? What we conclude, and what we change."),
    ),
)  # fmt: skip
BY_KEY = {str(part.key): part for part in PARTS}


@dataclass(frozen=True)
class Demand:
    """What a part must show: at least `least` rows of `model` with `where`, or at most `most` of them.

    `says` is the sentence that asks for it while it is not met; `formats` are the versions of the format that demand it.
    `where` may be a function, where it depends on the day; it may depend on nothing else, for it is asked once a day.
    """

    part: str
    key: str
    says: Words
    model: str  # its name in this app
    where: Q | Callable[[], Q] = ALL
    least: int = 1
    most: int | None = None
    weight: int = 1
    formats: tuple[int, ...] = (1,)

    @property
    def name(self) -> str:
        return f"demand_{self.part}_{self.key}"

    def condition(self) -> Q:
        return self.where() if callable(self.where) else self.where

    def is_met(self, count: int) -> bool:
        return count <= self.most if self.most is not None else count >= self.least


_demands: dict[str, Demand] = {}


def demand(*wanted: Demand) -> None:
    """Let a part demand this; said at the end of its file in `keyaccounts.plan.parts`."""
    for one in wanted:
        _demands[one.name] = one


def demand_of(name: str) -> Demand:
    return _demands[name]


def demands(format_: int = FORMAT, part: str = "") -> list[Demand]:
    """What a plan of this format must show, in the order of the parts; or one part of it."""
    order = list(BY_KEY)
    found = [one for one in _demands.values() if format_ in one.formats and part in ("", one.part)]
    return sorted(found, key=lambda one: order.index(one.part))


def of_every_part(part: Any) -> None:
    """What each of the nine demands: its words, both kinds of contributors (N4.5), and a look within a quarter (N4.1)."""
    mine = Q(part=part.key)
    demand(
        Demand(part.key, "text", format_lazy("{} {}", _("Say in words."), part.asks), "part", Q(key=part.key) & ~Q(text="")),
        Demand(part.key, "inside", _("Name who of our house contributes to it."), "contributor", mine & Q(side=Side.INSIDE)),
        Demand(
            part.key, "outside", _("Name who from outside contributes to it."), "contributor", mine & Q(side=Side.OUTSIDE)
        ),
        Demand(
            part.key, "fresh", _("Nobody touched it for a quarter: look whether it still holds."), "part",
            lambda: Q(key=part.key, touched_at__gte=fresh_since()),
        ),
    )  # fmt: skip


for _part in PARTS:
    of_every_part(_part)
