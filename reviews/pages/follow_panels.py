"""What was undertaken, on the page of an account and on that of a review; each asks once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, Value, When
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Account
from acr_program.people.models import User
from acr_program.workflow.registry import panel
from reviews import rules
from reviews.choices import STILL_OPEN, Side
from reviews.choices import RequestStatus as S
from reviews.models import Commitment, FollowUp, ReviewRequest
from reviews.process.checklist import follow_ups_of

SHOWN = 8
WITH_THE_CUSTOMER = (S.DELIVERED, S.MET, S.CLOSED)


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    panel(ReviewRequest, of_review)


def open_first() -> Case:
    return Case(When(status__in=STILL_OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())


def of_account(account: Account, user: User) -> Any:
    """What is still to be done for this customer, then what was done last."""
    rows = FollowUp.objects.visible_to(user).filter(account=account).select_related("owner")
    found = list(rows.order_by(open_first(), "due_on", "pk")[: SHOWN + 1])
    if not found:
        return None
    more = f"{reverse('reviews:follow-ups')}?{urlencode({'q': account.name})}" if len(found) > SHOWN else ""
    return render_to_string("reviews/follow_ups_panel.html", {"rows": found[:SHOWN], "more": more})


def of_review(review: ReviewRequest, user: User) -> Any:
    """What this review has promised, and what of it the customer undertook; the way to note one more."""
    if review.status not in WITH_THE_CUSTOMER:
        return None
    rows = follow_ups_of(review)[: 3 * SHOWN]
    theirs = Commitment.objects.filter(part__request=review, side=Side.YOU, follow_ups=None)
    context = {
        "rows": rows, "theirs": theirs.order_by("place"),
        "new_url": reverse("reviews:new-follow-up", args=[review.pk]) if rules.may_undertake(user, review) else "",
        "review": review,
    }  # fmt: skip
    return render_to_string("reviews/follow_ups_panel.html", context)
