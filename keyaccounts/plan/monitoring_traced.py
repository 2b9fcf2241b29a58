"""What became of the opportunities that were found: from the finding to the goal to the result (N9.4; N3.9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as say

from acr_program.ui.parts import Figure
from acr_program.ui.phrases import number

from ..choices_plan import OpportunityState as S
from .monitoring_creep import in_money

NOTHING = Decimal()
DECIDED = (S.WON, S.LOST, S.DROPPED)
ORDER = (S.WON, S.LOST, S.DROPPED, S.PURSUED, S.OPEN)
UNTOLD = Q(state__in=DECIDED, result="")
UNCOUNTED = Q(state=S.WON, gained=None)


@dataclass(frozen=True)
class Trace:
    """One opportunity with the goals that serve it."""

    row: Any
    goals: tuple[Any, ...] = ()

    @property
    def is_decided(self) -> bool:
        return self.row.state in DECIDED

    @property
    def remark(self) -> str:
        """What is missing of its result."""
        if self.is_decided and not self.row.result:
            return say("Nobody says what came of it")
        return say("What it brought is not counted") if self.row.state == S.WON and self.row.gained is None else ""


@dataclass(frozen=True)
class Traced:
    """All of a plan: those that came to fruition first, those that are open last."""

    traces: tuple[Trace, ...]

    def of(self, *states: str) -> list[Trace]:
        return [one for one in self.traces if one.row.state in states]

    @property
    def expected(self) -> Decimal:
        """What those that were won were thought to be worth."""
        return sum((one.row.worth or NOTHING for one in self.of(S.WON)), NOTHING)

    @property
    def gained(self) -> Decimal:
        return sum((one.row.gained or NOTHING for one in self.of(S.WON)), NOTHING)

    @property
    def sentence(self) -> str:
        decided = self.of(*DECIDED)
        if not decided:
            return say("None of the opportunities is decided yet.")
        said = {
            "won": number(len(self.of(S.WON))), "decided": number(len(decided)), "gained": in_money(self.gained),
        }  # fmt: skip
        return say("%(won)s of %(decided)s that are decided came to fruition: %(gained)s.") % said

    @property
    def figures(self) -> list[Figure]:
        decided = say("of %(n)s decided") % {"n": number(len(self.of(*DECIDED)))}
        thought = say("of %(worth)s expected of them") % {"worth": in_money(self.expected)}
        return [
            Figure(number(len(self.of(S.WON))), say("Came to fruition"), decided),
            Figure(number(len(self.of(S.LOST, S.DROPPED))), say("Did not")),
            Figure(number(len(self.of(S.OPEN, S.PURSUED))), say("Open")),
            Figure(in_money(self.gained), say("What they brought"), thought),
        ]


def traced(rows: Iterable[Any], objectives: Iterable[Any] = ()) -> Traced:
    """These opportunities, each with those of the objectives that serve it."""
    goals = defaultdict(list)
    for one in objectives:
        if one.opportunity_id:
            goals[one.opportunity_id].append(one)
    ranked = sorted(rows, key=lambda row: (ORDER.index(row.state), -(row.gained or row.worth or NOTHING), row.pk))
    return Traced(tuple(Trace(row, tuple(goals[row.pk])) for row in ranked))
