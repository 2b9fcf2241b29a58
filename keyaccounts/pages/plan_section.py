"""The account's plans: a section of the page of a membership, and the newest on the page of the account (N4.4)."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.timezone import localdate

from acr_program.people.models import User

from ..choices import HOLDING, MembershipStatus
from ..models import AccountPlan
from ..plan_rules import account_side

PLANNED = (MembershipStatus.INCUBATING, MembershipStatus.IN_PANEL_REVIEW, *HOLDING)  # whose accounts have a plan


def section(membership: Any, user: User) -> dict[str, Any] | None:
    """One query; nothing before the incubation, where there is no plan either."""
    if membership.status not in PLANNED and not membership.plans.exists():
        return None
    plans = list(membership.plans.all()[:5])
    begins = membership.status in PLANNED and account_side(user, membership)
    return {
        "of": membership, "plans": plans,
        "may_begin": begins and not any(one.year == localdate().year for one in plans),
    }  # fmt: skip


def with_plan(rows: Any) -> Any:
    """The same memberships, each with its newest plan, in the same query; whoever sees the one sees the other."""
    plans = AccountPlan.objects.filter(membership=OuterRef("pk")).order_by("-year", "-pk")
    told = plans.values(told=JSONObject(id="pk", year="year", status="status"))
    return rows.annotate(told_plan=Subquery(told[:1]))


def newest_plan(membership: Any) -> AccountPlan | None:
    """The plan that came with the membership: its key, year and state."""
    return AccountPlan(**membership.told_plan) if membership.told_plan else None
