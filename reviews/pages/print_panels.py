"""Print orders on the page of their review."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
from django.template.loader import render_to_string
from django.urls import reverse

from acr_program.people.models import User
from acr_program.people.roles import administrators
from acr_program.workflow.registry import panel
from reviews.actions.printing import MAY_ORDER
from reviews.choices import AlarmKind
from reviews.choices import RequestStatus as S
from reviews.models import PrintAlarm, ReviewRequest

SHOWN = 8
OUT = (*MAY_ORDER, S.CLOSED)


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    panel(ReviewRequest, of_review)


def of_review(review: ReviewRequest, user: User) -> Any:
    """Every order of its documents, newest first, each with its alarm; one query."""
    if review.status not in OUT:
        return None
    rows = list(with_alarm(review.print_orders.order_by("-pk"))[:SHOWN])
    for row in rows:
        row.alarm = AlarmKind(row.alarm_kind).label if row.alarm_kind else ""
    may = review.status in MAY_ORDER and administrators(user)
    new_url = reverse("reviews:new-print-order", args=[review.pk]) if may else ""
    if not rows and not new_url:
        return None
    return render_to_string("reviews/print_orders_panel.html", {"rows": rows, "new_url": new_url})


def with_alarm(orders: Any) -> Any:
    standing = PrintAlarm.objects.standing().filter(order=OuterRef("pk")).order_by("-pk")
    return orders.annotate(alarm_kind=Subquery(standing.values("kind")[:1]))
