"""What lists of reviews are narrowed and sorted by stands in their own tables, and follows the account and the request."""

from __future__ import annotations

from accounts.models import Account
from acr_program.workflow.derived import derives_from

from ..models import Approval, InformationRequest, ReviewRequest


def register() -> None:
    derives_from(
        Account, "name", "theater", "business_unit", name="reviews",
        rows=lambda pks: ReviewRequest.objects.filter(account__in=pks),
    )  # fmt: skip
    for model in (InformationRequest, Approval):
        derives_from(
            ReviewRequest, "meeting_on", name=model._meta.model_name or "",
            rows=lambda pks, model=model: model._default_manager.filter(request__in=pks),  # type: ignore[misc]
        )  # fmt: skip
