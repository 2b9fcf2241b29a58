"""The newest reviews of one account with what their customers said, for every panel of its page: one query."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Subquery

from accounts.models import Account
from acr_program.charter.models import Program
from acr_program.people.models import User
from acr_program.workflow.book import once
from reviews.models import ReviewRequest

KNOWN = 40  # three audiences a year: more than a dozen years


def newest_of(account: Account, user: User) -> list[ReviewRequest]:
    """Of those that this person sees; all of them, unless there are `KNOWN`."""
    seen = ReviewRequest.objects.visible_to(user).filter(account=account)
    rows = with_program(seen.select_related("year", "rep", "said_by_customer")).order_by("-created_at", "-pk")
    return once(f"reviews of account {account.pk} for {user.pk}", lambda: list(rows[:KNOWN]))


def with_program(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each with where the program stands, which what is asked of a request needs: no query of its own."""
    program = Program.objects.order_by("pk")
    return rows.annotate(
        program_key=Subquery(program.values("pk")[:1]), program_status=Subquery(program.values("status")[:1])
    )
