"""Asking for a review: the request is begun once, however often the same click arrives; drafts that others begin are told of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Account
from acr_program.charter.models import ProgramYear
from acr_program.outbox.post import post
from acr_program.outbox.render import absolute
from acr_program.people.models import User
from acr_program.workflow.edit import begin
from reviews.choices import RequestStatus
from reviews.models import ReviewRequest

SAME_CLICK = timedelta(minutes=1)
MOST_COPIES = 200


@transaction.atomic
def ask_for_review(account: Account, year: ProgramYear, *, by: User, **fields: Any) -> tuple[ReviewRequest, bool]:
    """A draft for the account's manager, and whether it is new.

    The account's row is locked, so that the second of two equal clicks finds what the first one made.
    """
    account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    assert account.manager is not None
    made = ReviewRequest.objects.filter(account=account, year=year, created_at__gt=now() - SAME_CLICK, **fields)
    if twin := made.order_by("pk").last():
        return twin, False
    return begin(ReviewRequest(account=account, year=year, rep=account.manager, **fields), by=by), True


def address_of(account: Account) -> str:
    """In one line, as copies are sent there."""
    place = " ".join(word for word in (account.postcode, account.city) if word)
    return ", ".join(word for word in (account.street, place, account.country) if word)


def tell_of_drafts(requests: Iterable[ReviewRequest], *, key: str, by_name: str) -> None:
    """One mail to each representative, with all that was begun in their name for a year."""
    theirs: dict[tuple[User, ProgramYear], list[ReviewRequest]] = defaultdict(list)
    for request in requests:
        theirs[request.rep, request.year].append(request)
    url = absolute(f"{reverse('reviews:requests')}?state={RequestStatus.DRAFT}")
    for (rep, year), begun in theirs.items():
        given = {"requests": begun, "by_name": by_name, "url": url}
        post(year, key=f"{key}-{year.pk}", to=[rep], template="yearly", context=given)
