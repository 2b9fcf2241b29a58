"""The account's plans: a section of the page of a membership (N4.4)."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from acr_program.people.models import User

from ..choices import HOLDING, MembershipStatus
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
