"""What must be remembered of the customer, on every page on which a review of it is prepared (N3.6)."""

from __future__ import annotations

from accounts.models import PinnedNote
from reviews.choices import ENDED
from reviews.models import ReviewRequest

MOST = 20


def remembered(review: ReviewRequest) -> list[PinnedNote]:
    """The notes pinned to the account, newest first, while the review is not over: one query."""
    if review.status in ENDED:
        return []
    pinned = PinnedNote.objects.filter(account=review.account_id, taken_down_at=None)
    return list(pinned.select_related("by")[:MOST])
