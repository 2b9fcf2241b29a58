"""What was said after meetings, on the page of a review and on that of its account; each asks a query or two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string

from accounts.models import Account
from acr_program.people.models import User
from acr_program.ui.parts import Fragment
from acr_program.workflow.offers import offers
from acr_program.workflow.registry import panel
from reviews.choices import RequestStatus as S
from reviews.choices_feedback import CustomerStatus
from reviews.models import CustomerFeedback, ReviewRequest

from .feedback_results import results_of, trend
from .newest import KNOWN, newest_of

HELD = (S.MET, S.CLOSED)
WORDS = 3


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    panel(ReviewRequest, of_review)
    panel(Account, of_account)


def of_review(review: ReviewRequest, user: User) -> Any:
    """What the customer and the representative have said, or who has not; what may be done about it."""
    if review.status not in HELD:
        return None
    customer, rep = getattr(review, "said_by_customer", None), getattr(review, "said_by_rep", None)
    if customer is None and rep is None:
        return None
    context = {
        "customer": customer, "rep": rep, "review": review,
        "customer_offers": [o for o in offers(customer, user) if not o.danger] if customer else [],
        "rep_offers": offers(rep, user) if rep else [],
    }  # fmt: skip
    return Fragment("reviews/feedback_panel.html", context)


def of_account(account: Account, user: User) -> Any:
    """How the customer has answered from year to year, and the last words, which came with the reviews."""
    rows = CustomerFeedback.objects.visible_to(user).filter(request__account=account)
    answered = last_words(newest_of(account, user), rows)
    if not answered:
        return None
    results = results_of(rows)
    years = [(group.name, group.averages) for group in results.groups if group.answered]
    context = {"answered": answered, "results": results, "chart": trend(years) if len(years) > 1 else results.chart}
    return render_to_string("reviews/feedback_of_account.html", context)


def last_words(reviews: Sequence[ReviewRequest], rows: Any) -> list[CustomerFeedback]:
    """The last answers, of the reviews that the page has read; asked of the rows where there may be more reviews."""
    if len(reviews) >= KNOWN:
        return list(rows.filter(status=CustomerStatus.ANSWERED).for_list().order_by("-answered_at")[:WORDS])
    said = [one for review in reviews if (one := getattr(review, "said_by_customer", None)) is not None]
    answered = [one for one in said if one.status == CustomerStatus.ANSWERED]
    return sorted(answered, key=lambda one: one.answered_at, reverse=True)[:WORDS]
