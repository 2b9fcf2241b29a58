"""Checks of objectives: what waits for whom before its day, and what a check found (N9.0, N9.2, N9.5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.workflow.days import add_working_days, morning_of

from ..choices_plan import ObjectiveKind
from ..models import AccountPlan, Objective
from ..plan_rules import may_write
from .kinds import Kind, kind_of_row
from .monitoring_objectives import CheckForm

GOES_UP = 5  # working days after which the leader above hears of a check that nobody made
FOUND = ("actual", "as_of", "miss", "next_check")
FOUND_JOINT = ("percent", "narrative", "next_check")


def kind_to_check(row: Objective) -> Kind | None:
    """The kind of this row with what a check asks: what was found, and when it is looked at next."""
    kind = kind_of_row(row)
    if kind is None:
        return None
    fields = FOUND_JOINT if row.kind == ObjectiveKind.JOINT else FOUND
    return replace(kind, fields=fields, form=CheckForm)


def may_check(user: User, plan: AccountPlan, row: Objective, *, writes: bool | None = None) -> bool:
    """The team, and whoever has the objective; `writes`: whether this person writes the plan, where that is known."""
    if writes is None:
        writes = may_write(user, plan)
    return writes or (plan.is_living and row.owner_id is not None and user.acts_as(row.owner_id))


def how_awaited(row: Objective, plan: AccountPlan) -> dict[str, Any]:
    """By whom a check is done: its owner, or the account manager, or whoever manages the program where there is neither.

    They are reminded on its day, and again once it is overdue; a week of working days later it goes up to the leader above.
    """
    assert row.next_check is not None
    person = row.owner or plan.account.manager
    overdue = morning_of(add_working_days(row.next_check, 1))
    return {
        **({"person": person} if person else {"role": Role.MANAGER}),
        "remind_at": morning_of(row.next_check), "again_at": overdue,
        "escalate_at": morning_of(add_working_days(row.next_check, GOES_UP)),
    }  # fmt: skip
