"""What is pinned in account plans, among what whoever prepares a review must remember (N3.6)."""

from __future__ import annotations

from reviews.pages.remembered import Rows, remind, told

from ..choices_plan import LIVING, FindingState
from ..models import Finding

STANDING = (FindingState.OPEN, FindingState.IN_HAND)  # what is done or dropped is taken down by that


def pinned(account: int) -> Rows:
    """The findings pinned in the living plans of an account, by its key; whoever prepares the review need not see the plan."""
    rows = Finding.objects.filter(
        pinned=True, state__in=STANDING, plan__status__in=LIVING, plan__membership__account=account
    )
    return told(rows, text="words", who="changed_by__name", at="changed_at")


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    remind(pinned)
