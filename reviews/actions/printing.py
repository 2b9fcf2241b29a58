"""Print orders and the reviews they belong to go together: ordered with the approval, shipped and delivered as one (R-24)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.links.models import Link
from acr_program.people.models import User
from acr_program.workflow.book import click, clock
from acr_program.workflow.edit import begin, edit
from acr_program.workflow.errors import StepBlocked
from acr_program.workflow.locks import lock
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform, perform_many

from .. import schedule
from ..choices import NOT_SHIPPED, DocumentStatus
from ..choices import PrintStatus as P
from ..choices import RequestStatus as S
from ..models import Document, Handover, PrintOrder, ReviewRequest
from ..models.handover import PURPOSE

MAY_ORDER = (S.PRINTING, S.SHIPPED, S.DELIVERED, S.MET)  # the sealed document stands, and the review is under way


def order_print(request: ReviewRequest, entry: LogEntry) -> None:
    """The order that follows from the step: one for each sealed document, whoever took the step and however often."""
    document = request.latest_document()
    if not document.print_orders.filter(number=1).exists():
        put_in(
            document, by=entry.by, copies=request.copies or 1, ship_to=request.ship_to, needed_by=needed_by(request),
        )  # fmt: skip


def needed_by(request: ReviewRequest) -> date:
    return schedule.safe_day(request.meeting_on, request.delivery, S.DELIVERED, request.own_pace)


def follow_meeting(request: ReviewRequest, entry: LogEntry, stood: date) -> None:
    """Copies needed for the day that stood are needed for the new one; so are those that would come behind it.

    What the printer has not begun goes to him anew; a day of its own that still lies before the new one stays.
    """
    before = schedule.safe_day(stood, request.delivery, S.DELIVERED, request.own_pace)
    day = max(needed_by(request), localdate())
    why = _("The meeting was moved.")
    for order in request.print_orders.filter(status__in=[*NOT_SHIPPED, P.SHIPPED]).order_by("pk"):
        if order.needed_by == day or (order.needed_by != before and order.needed_by < day):
            continue
        if order.status in (P.ORDERED, P.SENT):
            same = {name: getattr(order, name) for name in ("copies", "paper", "binding", "ship_to")}
            perform(order, "change", by=clock(), seen=None, inside=entry, **same, needed_by=day, comment=why)
        else:
            edit(order, seen=None, by=clock(), inside=entry, comment=why, needed_by=day)


def put_in(document: Document, *, by: User, **fields: Any) -> PrintOrder:
    file = document.print_file
    assert file is not None  # the step and the form ask for it
    order = PrintOrder(
        request=document.request, document=document, file=file, sha256=file.file.sha256, **fields
    )  # fmt: skip
    begin(order, by=by, comment=order.reason)
    Handover.ask(order)
    return order


def why_no_order(review: ReviewRequest) -> str:
    """Why no copies can be ordered by hand now; empty where they can."""
    document = review.latest_document()
    if review.status == S.APPROVED:
        return _("Send the review to print, or deliver it, first: the order goes out with that step.")
    if review.status not in MAY_ORDER or document is None or document.status != DocumentStatus.SEALED:
        return _("Copies are ordered of an approved document, from its going out until the review is closed.")
    return "" if document.print_file else _("The sealed document has no edition for print.")


def order_by_hand(review: ReviewRequest, *, by: User, reason: str, **fields: Any) -> PrintOrder:
    """The first order of a document that was delivered otherwise, or a reprint. Raises StepBlocked with the sentence."""
    with click():
        review = lock(review)
        if why := why_no_order(review):
            raise StepBlocked([why])
        document = review.latest_document()
        last = document.print_orders.aggregate(last=Max("number"))["last"] or 0
        if last and not reason:
            raise StepBlocked([_("Copies of this document were ordered before: say why once more.")])
        return put_in(document, by=by, number=last + 1, reason=reason, **fields)


def hand_over(order: PrintOrder, entry: LogEntry) -> None:
    """Another round: the ticket as it stands now takes the place of the one before."""
    Handover.ask(order)


def recalled(order: PrintOrder, entry: LogEntry) -> None:
    """Where it may have left the house the printer's link is closed, and he is told."""
    if order.handovers.exclude(state="queued", attempts=0).exists():
        Link.revoke(order, PURPOSE)
        Handover.ask(order, recalls=True)


def document_void(document: Document, entry: LogEntry) -> None:
    """Nothing is printed of a document that is void: what has not left the printer is recalled."""
    if entry.before == DocumentStatus.SEALED:
        waiting = PrintOrder.objects.filter(document=document, status__in=NOT_SHIPPED)
        perform_many(waiting, "recall", by=clock(), inside=entry, comment=_("The document is being worked on again."))


# The order carries its review along, and the other way round: whichever was told first.


def shipped(order: PrintOrder, entry: LogEntry) -> None:
    request = lock(order.request)
    if request.status == S.PRINTING and leads(order):
        given: dict[str, Any] = {"carrier": order.carrier, "tracking": order.tracking}
        perform(request, "ship", by=hand_of(entry), seen=None, inside=entry, **given)


def delivered(order: PrintOrder, entry: LogEntry) -> None:
    Link.revoke(order, PURPOSE)
    request = lock(order.request)
    if request.status == S.SHIPPED and leads(order):
        perform(request, "confirm_delivery", by=hand_of(entry), seen=None, inside=entry)


def review_shipped(request: ReviewRequest, entry: LogEntry) -> None:
    given: dict[str, Any] = {"carrier": request.carrier, "tracking": request.tracking}
    for order in first_of(request, NOT_SHIPPED):
        perform(order, "ship", by=entry.by, seen=None, inside=entry, **given)


def review_delivered(request: ReviewRequest, entry: LogEntry) -> None:
    for order in first_of(request, [P.SHIPPED]):
        perform(order, "deliver", by=entry.by, seen=None, inside=entry)


def first_of(request: ReviewRequest, states: Any) -> list[PrintOrder]:
    """The order that the review goes along with, where it is in one of these states."""
    standing = request.print_orders.filter(document__status=DocumentStatus.SEALED).exclude(status=P.RECALLED)
    return [order for order in standing.order_by("number")[:1] if order.status in states]


def leads(order: PrintOrder) -> bool:
    """The review goes along with its first order that was not recalled; a further one goes its own way."""
    before = PrintOrder.objects.filter(document=order.document_id, number__lt=order.number)
    return order.document.status == DocumentStatus.SEALED and not before.exclude(status=P.RECALLED).exists()


def hand_of(entry: LogEntry) -> User:
    """What follows from somebody's step is theirs; what follows from a machine's word is the clock's."""
    return clock() if entry.by.is_system else entry.by
