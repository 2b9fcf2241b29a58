"""On the page of a review that is being put together: which of its standard texts are stale, now and by its meeting (M12)."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.ui.parts import Fragment
from acr_program.workflow.registry import panel
from reviews.models import ReviewRequest
from reviews.rules import OPEN_FOR_CONTENT
from reviews.texts import stale_on


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    panel(ReviewRequest, of_review)


def of_review(review: ReviewRequest, user: User) -> Any:
    """Nothing where every text is fresh until the meeting."""
    if review.status not in OPEN_FOR_CONTENT:
        return None
    now = stale_on(review, localdate())
    known = {one.pk for one in now}
    then = [one for one in stale_on(review, review.meeting_on) if one.pk not in known]
    if not now and not then:
        return None
    said = {"now": now, "then": then, "review": review, "waives": program_managers(user)}
    return Fragment("reviews/stale_panel.html", said)
