"""What lists of reviews are narrowed and sorted by stands in their own tables, and follows the account and the request."""

from __future__ import annotations

from accounts.models import Account
from acr_program.workflow.derived import derive_anew, derives_from
from acr_program.workflow.log import LogEntry

from ..choices import RequestStatus as S
from ..models import Approval, FollowUp, InformationRequest, ReviewRequest


def register() -> None:
    derives_from(
        Account, "name", "theater", "business_unit", name="reviews",
        rows=lambda pks: ReviewRequest.objects.filter(account__in=pks),
    )  # fmt: skip
    derives_from(Account, "name", name="follow-ups", rows=lambda pks: FollowUp.objects.filter(request__account__in=pks))
    for model in (InformationRequest, Approval):
        derives_from(
            ReviewRequest, "meeting_on", name=model._meta.model_name or "",
            rows=lambda pks, model=model: model._default_manager.filter(request__in=pks),  # type: ignore[misc]
        )  # fmt: skip


NEVER_ASKED = (S.DRAFT, S.SUBMITTED, S.RETURNED, S.GATHERING)  # no leader was asked before


def approvals_end(request: ReviewRequest, entry: LogEntry) -> None:
    """What was asked of leaders for a review that is over is on nobody's board any more."""
    if entry.before in NEVER_ASKED:
        return
    derive_anew(Approval.objects.filter(request=request, ended=False))
