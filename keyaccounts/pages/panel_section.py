"""What a membership's page says of its panels."""

from __future__ import annotations

from typing import Any

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import overseers

from ..choices_panel import Outcome, ReviewStatus
from ..models import Membership, PanelReview


def section(membership: Membership, user: User) -> dict[str, Any] | None:
    """Each panel that looked at it: what was decided, to everybody who sees the membership once it is released. Two queries."""
    rows = [row for row in membership.panels if row.status != ReviewStatus.WITHDRAWN]
    if not rows:
        return None
    seen = seen_by(user, rows)
    for row in rows:
        row.membership = membership
    told = [(row, row.pk in seen, outcome_of(row)) for row in rows]
    return {"rows": told, "has_outcome": any(outcome for _row, _seen, outcome in told)}


def seen_by(user: User, rows: list[PanelReview]) -> set[int]:
    """Which of these reviews by panels this person may open; asked for executives alone, who may sit on some, or be recused."""
    keys = {row.pk for row in rows}
    if user.has(Role.EXECUTIVE):
        return set(PanelReview.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    return keys if overseers(user) else set()


def outcome_of(review: PanelReview) -> Outcome | None:
    return Outcome(review.outcome) if review.status == ReviewStatus.RELEASED else None
