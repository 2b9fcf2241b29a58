"""Asking leaders in order, and what their answers lead to."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from acr_program.outbox.render import absolute
from acr_program.people.models import Absence, User
from acr_program.workflow.book import clock, current, once
from acr_program.workflow.edit import begin_many
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import can, perform, perform_many

from .. import rules
from ..choices import ApprovalStatus, Delivery, DocumentStatus
from ..models import Approval, Document, ReviewRequest
from ..models.approval import ASKED
from .compiling import void_documents


def ask_approvers(request: ReviewRequest, entry: LogEntry) -> None:
    """One approval for each designated leader, bound to the manifest; the first in order is asked (R-17)."""
    document = request.latest_document()
    asked = [
        Approval(request=request, document=document, approver=approver, place=place, signs=document.manifest.digest)
        for place, approver in enumerate(request.approvers(), start=1)
    ]
    begin_many(asked, by=entry.by)
    ask(asked[0], asked)


def ask_next(document: Document) -> bool:
    """Let the decision wait for whoever is next in order, and tell them by mail; whether there was one."""
    rows = approvals_of(document)
    approval = next((row for row in rows if row.status == ApprovalStatus.PENDING), None)
    if approval:
        ask(approval, rows)
    return approval is not None


def approvals_of(document: Document) -> list[Approval]:
    """In their order; read once a click, which asks for the next and names them all in the seal."""
    rows = document.approvals.select_related("approver", "request__account", "request__year", "request__rep")
    return once(f"approvals of document {document.pk}", lambda: list(rows.order_by("place")))


def ask(approval: Approval, rows: list[Approval]) -> None:
    """The one whose turn it is, with who has approved already and who is asked afterwards."""
    current().open(approval, ASKED)
    given: dict[str, Any] = {
        "approval": approval,
        "given": [row.approver.name for row in rows if row.status == ApprovalStatus.APPROVED],
        "after": [row.approver.name for row in rows if row.place > approval.place],
    }
    if approval.document.number > 1:
        given["url"] = absolute(f"{approval.get_absolute_url()}#differs")
    current().post(approval, key=f"approval-{approval.pk}", to=deciding(approval), template="approval", context=given)


def deciding(approval: Approval) -> list[User]:
    """The leader asked and, while they are away, the one who acts for them and may decide (M8)."""
    acting = Absence.objects.stand_ins([approval.approver_id], localdate())
    people = User.objects.filter(pk__in=acting.values(), is_active=True)
    return [approval.approver, *(person for person in people if rules.asked_approver(person, approval))]


def approved(approval: Approval, entry: LogEntry) -> None:
    """The next leader is asked; after the last one the review is approved."""
    if not ask_next(approval.document):
        perform(approval.request, "approve_all", by=clock(), seen=None, inside=entry)


def withdrawn(approval: Approval, entry: LogEntry) -> None:
    """As if the leader had asked for changes; a document that was sealed by this approval is void."""
    changes_asked(approval, entry)
    if approval.document.status == DocumentStatus.SEALED:
        void_documents(approval.request, entry)


def changes_asked(approval: Approval, entry: LogEntry) -> None:
    """One word is enough: the other approvals lapse and the review goes back to the office."""
    others = approval.document.approvals.filter(status__in=[ApprovalStatus.PENDING, ApprovalStatus.APPROVED])
    perform_many(others, "lapse", by=clock(), inside=entry)
    request = perform(
        approval.request, "ask_for_changes", by=clock(), seen=None, inside=entry, comment=approval.comment
    )
    told = [person for person in (*rules.the_office(request), *rules.the_rep(request)) if person.pk != entry.by_id]
    step = request.declared_steps()["ask_for_changes"]
    context = {"step": step, "entry": entry, "by_name": entry.by_name, "comment": approval.comment}
    current().post(request, entry=entry, to=told, template="step", context=context)


def seal_and_send(request: ReviewRequest, entry: LogEntry) -> None:
    """The manifest is sealed, and the review goes out the way it was asked for (R-24)."""
    document = request.latest_document()
    given = [approval.pk for approval in approvals_of(document)]
    perform(document, "seal", by=clock(), seen=None, inside=entry, approvals=given)
    way = "send_to_print" if request.delivery == Delivery.PRINTED else "deliver_digital"
    if can(request, way):
        perform(request, way, by=clock(), seen=None, inside=entry)
