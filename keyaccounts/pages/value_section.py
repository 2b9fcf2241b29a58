"""What the customer gets, is told and knows: a section of the page of a membership (K-01 to K-03, K-22)."""

from __future__ import annotations

from typing import Any

from acr_program.people.models import User

from ..actions.statements import TOLD_TO
from ..choices import MembershipStatus
from ..choices_value import KnowingStatus
from ..models import Proposition, Statement
from ..value_rules import account_side, writes_value

BEFORE = (MembershipStatus.NOMINATED, MembershipStatus.VETOED, MembershipStatus.FILTERED_OUT)


def section(membership: Any, user: User) -> dict[str, Any] | None:
    """Nothing before the incubation is in sight: no customer is promised anything for being nominated. Two queries."""
    if membership.status in BEFORE:
        return None
    statements = list(Statement.objects.filter(membership=membership).select_related("membership__account")[:5])
    proposition = Proposition.objects.of(membership)
    knowing = getattr(membership, "knowing", None)  # read with the membership
    return {
        "of": membership, "statements": statements, "proposition": proposition,
        "knowing": knowing, "knows_another": knows_another(knowing, proposition),
        "may_write_anew": membership.status in TOLD_TO and account_side(user, membership),
        "may_write_own": may_write_own(membership, user) and not (proposition and proposition.account_id),
    }  # fmt: skip


def knows_another(knowing: Any, proposition: Proposition | None) -> bool:
    """What the customer was told, or confirmed, is not what holds for it now: another version, or none then (K-02)."""
    if knowing is None or proposition is None or knowing.status == KnowingStatus.UNKNOWN:
        return False
    return bool(knowing.proposition_id != proposition.pk)


def may_write_own(membership: Any, user: User) -> bool:
    return membership.is_live and writes_value(user, membership)
