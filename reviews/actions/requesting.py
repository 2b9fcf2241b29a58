"""Asking for a review: the request is begun once, however often the same click arrives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from accounts.models import Account
from acr_program.charter.models import ProgramYear
from acr_program.people.models import User
from acr_program.workflow.edit import begin
from reviews.models import ReviewRequest

SAME_CLICK = timedelta(minutes=1)


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
