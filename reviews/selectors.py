"""Reads that span models."""

from __future__ import annotations

from acr_program.people.models import User

from .models import ReviewRequest


def approvers_of(request: ReviewRequest) -> list[User]:
    """Who approves, in order: the rep's own leader, then those designated for the account; nobody their own (R-17).

    With no leader above the rep the program's owner approves; where that is the rep too, whoever the administrator
    designates.
    """
    rep = request.rep
    first = rep.reports_to or request.program.owner
    if first is None or first.pk == rep.pk or not first.is_active:
        first = request.approver_designated
    found = [first] if first else []
    for leader in [
        *request.account.designated_leaders.filter(is_active=True).order_by("name"),
        request.approver_designated,
    ]:
        if leader and leader.pk != rep.pk and leader not in found:
            found.append(leader)
    return [leader for leader in found if leader.pk != rep.pk]
