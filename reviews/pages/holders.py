"""Who has each request in hand: a name or a part, for lists and boards."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.people.choices import Role
from reviews.choices import ENDED, ApprovalStatus, ContributionStatus, RequestStatus
from reviews.models import Approval, InformationRequest, ReviewRequest

OPEN = (ContributionStatus.REQUESTED, ContributionStatus.RETURNED)
WITH_REP = (RequestStatus.DRAFT, RequestStatus.RETURNED, RequestStatus.SHIPPED, RequestStatus.DELIVERED)


def with_holders(requests: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows, each knowing who writes or reads for it; asked for the rows shown alone, in the same query."""
    writing = InformationRequest.objects.filter(request=OuterRef("pk"), status__in=OPEN)
    reading = Approval.objects.filter(request=OuterRef("pk"), status=ApprovalStatus.PENDING)
    writers = writing.order_by().values("request").annotate(n=Count("contributor", distinct=True))
    return requests.annotate(
        first_writer=Subquery(writing.order_by("section__place").values("contributor__name")[:1]),
        writers=Subquery(writers.values("n")),
        reader=Subquery(reading.order_by("place").values("approver__name")[:1]),
    )


def holder_of(request: ReviewRequest | Any) -> str:
    """In whose hands the request is; nothing for what has ended."""
    if request.status in ENDED:
        return ""
    if request.status == RequestStatus.GATHERING and request.first_writer:
        return writers(request.first_writer, request.writers - 1)
    if request.status == RequestStatus.IN_APPROVAL and request.reader:
        return str(request.reader)
    return request.rep.name if request.status in WITH_REP else str(Role.ADMIN.label)


def writers(first: str, others: int) -> str:
    if not others:
        return first
    more = ngettext("%(n)d other", "%(n)d others", others) % {"n": others}
    return _("%(first)s and %(others)s") % {"first": first, "others": more}
