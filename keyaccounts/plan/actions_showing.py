"""What a plan's page shows of what is late and what comes next, with how far it has gone up the ladder (N5.2, N5.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate, localtime

from acr_program.people.models import User

from ..choices_plan import ActionState
from ..models import AccountPlan, Action, Rung
from ..plan_rules import may_write
from .actions_ladder import Climb, climbs, told_in
from .actions_waiting import is_in_work, is_late

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Rise:
    """One rung for one late thing: whom, on which day, and whether they were told."""

    climb: Climb

    @property
    def person(self) -> User:
        return self.climb.rung.person

    @property
    def is_told(self) -> bool:
        return self.climb.is_told

    @property
    def on(self) -> date:
        told = self.climb.told
        return localtime(told.at if self.is_told and told else self.climb.at).date()


@dataclass(frozen=True)
class LateLine:
    of: Action
    rises: list[Rise]
    may: bool  # whether this reader may say that it is done

    @property
    def is_late(self) -> bool:
        return self.of.due is not None and self.of.due < localdate()


@dataclass(frozen=True)
class Shown:
    lines: list[LateLine]
    has_ladder: bool
    in_work: bool


def shown_late(plan: AccountPlan, user: Any, actions: list[Action], rungs: list[Rung]) -> Shown:
    """Late actions first, then those of the next two weeks; `actions` and `rungs` as the page has read them.

    One query where something is late, and one more before the plan has come into force. Questions of the customer that are
    late stand where they are answered, in the part on the daily work.
    """
    today = localdate()
    open_ = [row for row in actions if row.state == ActionState.OPEN and row.due and row.due <= today + SOON]
    things = sorted(open_, key=by_due)
    late = [row for row in things if is_late(row)]
    told = told_in([plan.pk]) if late and rungs else {}
    rises: dict[int, list[Rise]] = {}
    for one in climbs(rungs, late, told):
        rises.setdefault(one.of.pk, []).append(Rise(one))
    writes = may_write(user, plan)
    lines = [LateLine(of, rises.get(of.pk, []), writes or may_close(user, of, plan)) for of in things]
    return Shown(lines, bool(rungs), not late or plan.review_on is not None or is_in_work(plan))


def by_due(row: Action) -> tuple[date, int]:
    return row.due or date.max, row.pk


def may_close(user: Any, of: Action, plan: AccountPlan) -> bool:
    """Whoever has an action says that it is done, on the team or not."""
    return plan.is_living and of.owner_id is not None and user.acts_as(of.owner_id)
