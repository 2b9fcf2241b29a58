"""What a membership's page says of its panels."""

from __future__ import annotations

from typing import Any

from acr_program.people.models import User

from ..choices_panel import Outcome, ReviewStatus
from ..models import Membership, PanelReview


def section(membership: Membership, user: User) -> dict[str, Any] | None:
    """Each panel that looked at it: what was decided, to everybody who sees the membership once it is released. Two queries."""
    rows = list(
        membership.panel_reviews.exclude(status=ReviewStatus.WITHDRAWN)
        .select_related("session", "chair")
        .order_by("-pk")
    )
    if not rows:
        return None
    seen = set(PanelReview.objects.visible_to(user).filter(membership=membership).values_list("pk", flat=True))
    for row in rows:
        row.membership = membership
    told = [(row, row.pk in seen, outcome_of(row)) for row in rows]
    return {"rows": told, "has_outcome": any(outcome for _row, _seen, outcome in told)}


def outcome_of(review: PanelReview) -> Outcome | None:
    return Outcome(review.outcome) if review.status == ReviewStatus.RELEASED else None
