"""Who has each request in hand: a name or a part, for lists and boards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.desk.models.presence import with_presence
from acr_program.people.choices import Role
from reviews.choices import ENDED, ApprovalStatus, ContributionStatus, RequestStatus
from reviews.models import Approval, InformationRequest

OPEN = (ContributionStatus.REQUESTED, ContributionStatus.RETURNED)
WITH_REP = (RequestStatus.DRAFT, RequestStatus.RETURNED, RequestStatus.SHIPPED, RequestStatus.DELIVERED)


def with_holders(requests: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows, each knowing who writes or reads for it; asked for the rows shown alone, in the same query."""
    writing = InformationRequest.objects.filter(request=OuterRef("pk"), status__in=OPEN)
    reading = Approval.objects.filter(request=OuterRef("pk"), status=ApprovalStatus.PENDING)
    writers = writing.order_by().values("request").annotate(n=Count("contributor", distinct=True))
    return with_presence(requests).annotate(
        first_writer=Subquery(writing.order_by("section__place").values("contributor__name")[:1]),
        writers=Subquery(writers.values("n")),
        reader=Subquery(reading.order_by("place").values("approver__name")[:1]),
    )


@dataclass(frozen=True)
class Holder:
    """In whose hands a request is: a name or a part, and how many more."""

    name: str
    others: int = 0

    def __str__(self) -> str:
        return _("%(first)s and %(others)s") % {"first": self.name, "others": self.more} if self.others else self.name

    @property
    def more(self) -> str:
        return ngettext("%(n)d other", "%(n)d others", self.others) % {"n": self.others} if self.others else ""


def on_it(request: Any) -> str:
    """Who has said that they are on it just now."""
    return _("%(name)s is on it") % {"name": request.on_it} if request.on_it else ""


def holder_of(request: Any) -> Holder | None:
    """In whose hands the request is; nobody's when it has ended."""
    if request.status in ENDED:
        return None
    if request.status == RequestStatus.GATHERING and request.first_writer:
        return Holder(request.first_writer, request.writers - 1)
    if request.status == RequestStatus.IN_APPROVAL and request.reader:
        return Holder(request.reader)
    return Holder(request.rep.name if request.status in WITH_REP else str(Role.ADMIN.label))
