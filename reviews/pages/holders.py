"""Who has each request in hand: a name or a part, for lists and boards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, OuterRef, QuerySet, StringAgg, Subquery, Value, When
from django.db.models.functions import Cast
from django.utils.translation import ngettext

from acr_program.desk.models.presence import with_presence
from acr_program.people.acting import in_hand, own_place
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.prepared import Prepared
from acr_program.ui.kept import gettext as _
from reviews.choices import ENDED, ApprovalStatus, ContributionStatus, RequestStatus
from reviews.models import Approval, InformationRequest, ReviewRequest

OPEN = (ContributionStatus.REQUESTED, ContributionStatus.RETURNED)
WITH_REP = (RequestStatus.DRAFT, RequestStatus.RETURNED, RequestStatus.SHIPPED, RequestStatus.DELIVERED)


def with_holders(requests: QuerySet[Any], user: User | None = None) -> QuerySet[Any]:
    """The same rows, each knowing who writes or reads for it, in the same query, asked for the rows shown alone."""
    return with_presence(requests).annotate(
        first_writer=Prepared(ReviewRequest, first_writing, "contributor__name", of=CharField()),
        first_writer_pk=Prepared(ReviewRequest, first_writing, "contributor", of=BigIntegerField()),
        writing=Prepared(ReviewRequest, all_writing, of=CharField()),
        reader=Prepared(ReviewRequest, first_reading, "approver__name", of=CharField()),
        reader_pk=Prepared(ReviewRequest, first_reading, "approver", of=BigIntegerField()),
    )


def still_written() -> QuerySet[Any]:
    return InformationRequest.objects.filter(request=OuterRef("pk"), status__in=OPEN)


def first_writing(what: str) -> Case:
    return while_in(RequestStatus.GATHERING, still_written().order_by("section__place").values(what)[:1])


def all_writing() -> Case:
    """The keys of everybody who still has a section to write, one for each section."""
    keys = StringAgg(Cast("contributor", CharField()), Value(","))
    asked = still_written().order_by().values("request").annotate(keys=keys).values("keys")
    return while_in(RequestStatus.GATHERING, asked)


def first_reading(what: str) -> Case:
    reading = Approval.objects.filter(request=OuterRef("pk"), status=ApprovalStatus.PENDING)
    return while_in(RequestStatus.IN_APPROVAL, reading.order_by("place").values(what)[:1])


def while_in(state: RequestStatus, found: QuerySet[Any, Any]) -> Case:
    """Looked for in the one state in which somebody asks: most rows are in another."""
    return Case(When(status=state, then=Subquery(found)))


def own(user: User | None) -> list[int]:
    """Whose work is this person's: their own, and that of those they stand in for today."""
    return [user.pk, *user.stands_in_for] if user else []


@dataclass(frozen=True)
class Holder:
    """In whose hands a request is: a name or a part, and how many more; whether it is the reader's."""

    name: str
    others: int = 0
    me: bool = False
    note: str = ""  # for whom, where they stand in for somebody

    def __str__(self) -> str:
        name = f"{self.name} {self.note}" if self.note else self.name
        return _("%(first)s and %(others)s") % {"first": name, "others": self.more} if self.others else name

    @property
    def small(self) -> str:
        """What stands under the name."""
        others = _("and %(others)s") % {"others": self.more} if self.others else ""
        return " ".join(filter(None, (self.note, others)))

    @property
    def more(self) -> str:
        return ngettext("%(n)d other", "%(n)d others", self.others) % {"n": self.others} if self.others else ""


def on_it(request: Any) -> str:
    """Who has said that they are on it just now."""
    return _("%(name)s is on it") % {"name": request.on_it} if request.on_it else ""


def holder_of(request: Any, user: User | None = None) -> Holder | None:
    """In whose hands the request is, said to this person: “You” where it is theirs; nobody's when it has ended."""
    if request.status in ENDED:
        return None
    if request.status == RequestStatus.GATHERING and request.first_writer:
        writers = {int(key) for key in request.writing.split(",")}
        mine = not writers.isdisjoint(own(user))
        return said_to(user, mine, request.first_writer, request.first_writer_pk, len(writers) - 1)
    if request.status == RequestStatus.IN_APPROVAL and request.reader:
        return said_to(user, request.reader_pk in own(user), request.reader, request.reader_pk)
    if request.status in WITH_REP:
        return said_to(user, request.rep_id in own(user), request.rep.name, request.rep_id)
    return said_to(user, bool(user and user.has(Role.ADMIN)), str(Role.ADMIN.label))


def said_to(user: User | None, mine: bool, name: str, person: int | None = None, others: int = 0) -> Holder:
    """“You”, or whoever has it; and for whom, where somebody stands in."""
    if user is None:
        return Holder(name, others)
    if mine:
        return Holder(_("You"), others, me=True, note=own_place(user, person))
    name, note = in_hand(user, person, name)
    return Holder(name, others, note=note)
