"""What the page of a membership shows of its incubations: at most three queries."""

from __future__ import annotations

from typing import Any

from acr_program.people.models import User

from ..allowance import Allowance, allowance
from ..choices_incubation import FREE_INCUBATIONS, Threshold
from ..incubation_rules import lifts
from ..models import IncubationCycle, Membership
from ..standing import counted, kind_for, standing, standing_in
from .incubation import meter

BEFORE_NEXT = ("in_panel_review", "in_re_review")  # whose panel may send it to one more incubation


def section(membership: Membership, user: User) -> dict[str, Any] | None:
    """How it stands to enter, with its newest incubation; with the status, how it stands to stay. None before that."""
    if kind_for(membership) == Threshold.MAINTAIN:
        found = standing(membership, Threshold.MAINTAIN)
        said: dict[str, Any] = {"lines": found, "stays": True}
    else:
        cycle = newest(membership)
        if cycle is None:
            return None
        found, both = standing_in(cycle), allowance(cycle)
        said = {"lines": found, "cycle": cycle, "meter": meter(cycle, both, found), "sides": sides(both)}
    met, asked = counted(found)
    return said | {"met": met, "asked": asked, "needs_exception": needs_exception(membership, user), "of": membership}


def newest(membership: Membership) -> IncubationCycle | None:
    cycle: IncubationCycle | None = (
        IncubationCycle.objects.filter(membership=membership)
        .select_related("standard")
        .with_sums()
        .with_asked()
        .order_by("-number")
        .first()
    )
    if cycle:
        cycle.membership = membership
    return cycle


def sides(both: Allowance) -> list[Any]:
    return [side for side in both.sides if side.most]


def needs_exception(membership: Membership, user: User) -> bool:
    """Whether one more incubation would need an exception that this person can record."""
    may_come = membership.status in BEFORE_NEXT and membership.incubations >= FREE_INCUBATIONS
    return may_come and lifts(user, membership)
