"""The first filter on the page of a membership: its scorecard, or the way to one (K-08)."""

from __future__ import annotations

from typing import Any

from acr_program.people.models import User
from acr_program.people.roles import program_managers

from .. import filter_rules
from ..choices import MembershipStatus
from ..choices_filter import ScorecardStatus, Verdict
from ..models import FilterVersion, Membership


def section(membership: Membership, user: User) -> dict[str, Any] | None:
    """The scorecard with its result; where there is none, whether one can be begun. At most two queries."""
    card = filter_rules.scorecard_of(membership)
    if card is None:
        if membership.status != MembershipStatus.NOMINATED:
            return None
        in_force = FilterVersion.objects.in_force()
        return {
            "of": membership,
            "card": None,
            "filter": in_force,
            "may_begin": bool(in_force) and program_managers(user),
        }
    said = {"of": membership, "card": card, "verdict": Verdict(card.verdict) if card.verdict else None}
    said["result"] = filter_rules.result_of(card) if card.verdict else ""
    said["is_open"] = card.status == ScorecardStatus.OPEN
    return said
