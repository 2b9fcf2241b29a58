"""Asking leaders in order, and what their answers lead to."""

from __future__ import annotations

from django.utils.timezone import localdate

from acr_program.outbox.post import post
from acr_program.people.models import Absence, User
from acr_program.workflow.edit import begin
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation, open_for
from acr_program.workflow.perform import perform

from .. import rules
from ..choices import ApprovalStatus
from ..models import Approval, Document, ReviewRequest
from ..models.approval import ASKED


def ask_approvers(request: ReviewRequest, entry: LogEntry) -> None:
    """One approval for each designated leader, bound to the manifest; the first in order is asked (R-17)."""
    document = request.latest_document()
    for place, approver in enumerate(request.approvers(), start=1):
        asked = Approval(
            request=request, document=document, approver=approver, place=place, signs=document.manifest.digest
        )  # fmt: skip
        begin(asked, by=entry.by)
    ask_next(document)


def ask_next(document: Document) -> None:
    """Let the decision wait for whoever is next in order, and tell them by mail."""
    pending = document.approvals.filter(status=ApprovalStatus.PENDING).order_by("place")
    approval = pending.select_related("approver", "request__account", "request__year", "request__rep").first()
    if approval:
        Obligation.objects.bulk_create(open_for(approval, ASKED, waiter=approval.waiter))
        context = {"approval": approval}
        post(approval, key=f"approval-{approval.pk}", to=deciding(approval), template="approval", context=context)


def deciding(approval: Approval) -> list[User]:
    """The leader asked and, while they are away, the one who acts for them; never the rep whose request it is (M8)."""
    acting = Absence.objects.stand_ins([approval.approver_id], localdate())
    people = User.objects.filter(pk__in=acting.values(), is_active=True).exclude(pk=approval.request.rep_id)
    return [approval.approver, *people]


def approved(approval: Approval, entry: LogEntry) -> None:
    """The next leader is asked; after the last one the review is approved."""
    if approval.document.approvals.filter(status=ApprovalStatus.PENDING).exists():
        ask_next(approval.document)
    else:
        request = ReviewRequest.objects.get(pk=approval.request_id)
        perform(request, "approve_all", by=User.objects.clock(), seen=None, inside=entry)


def changes_asked(approval: Approval, entry: LogEntry) -> None:
    """One word is enough: the other approvals lapse and the review goes back to the office."""
    clock = User.objects.clock()
    for other in approval.document.approvals.filter(status__in=[ApprovalStatus.PENDING, ApprovalStatus.APPROVED]):
        perform(other, "lapse", by=clock, seen=None, inside=entry)
    request = ReviewRequest.objects.get(pk=approval.request_id)
    request = perform(request, "ask_for_changes", by=clock, seen=None, inside=entry, comment=approval.comment)
    told = [person for person in (*rules.the_office(request), *rules.the_rep(request)) if person.pk != entry.by_id]
    step = request.declared_steps()["ask_for_changes"]
    context = {"step": step, "entry": entry, "by_name": entry.by_name, "comment": approval.comment}
    post(request, key=f"log-{entry.hash[:24]}", to=told, template="step", context=context)


def seal_and_send(request: ReviewRequest, entry: LogEntry) -> None:
    """The manifest is sealed, and the review goes out the way it was asked for (R-24)."""
    clock = User.objects.clock()
    document = request.latest_document()
    perform(document, "seal", by=clock, seen=None, inside=entry)
    for name in ("send_to_print", "deliver_digital"):
        request = ReviewRequest.objects.get(pk=request.pk)
        step = request.find(name)
        if step and not request.unmet(step):
            perform(request, name, by=clock, seen=None, inside=entry)
