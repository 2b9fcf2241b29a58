"""What must be remembered of the customer, on every page on which a review of it is prepared (N3.6).

The notes pinned to the account; an app above adds its own by `remind`, read in the same query.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from accounts.models import PinnedNote
from reviews.choices import ENDED
from reviews.models import ReviewRequest

MOST = 20
Rows = QuerySet[Any, tuple[Any, ...]]
_beside: list[Callable[[int], Rows]] = []


class Reminder(NamedTuple):
    """What is to be remembered, who said so, and when."""

    text: str
    who: str
    at: datetime


def remind(rows: Callable[[int], Rows]) -> None:
    """Let what `rows` finds by the key of an account be remembered as well: `told` of its rows."""
    if rows not in _beside:
        _beside.append(rows)


def told(rows: QuerySet[Any], *, text: str, who: str, at: str) -> Rows:
    """Rows as reminders: the fields in which the words, the name and the moment stand."""
    named = {"told_text": F(text), "told_who": F(who), "told_at": F(at)}
    return rows.order_by().annotate(**named).values_list(*named)


def remembered(review: ReviewRequest) -> list[Reminder]:
    """What stands to be remembered, newest first, while the review is not over: one query. The same words count once."""
    if review.status in ENDED:
        return []
    account = review.account_id
    pinned = told(PinnedNote.objects.filter(account=account, taken_down_at=None), text="text", who="by__name", at="at")
    every = pinned.union(*(rows(account) for rows in _beside)) if _beside else pinned
    return [Reminder(*row) for row in every.order_by("-told_at", "told_text")[:MOST]]
