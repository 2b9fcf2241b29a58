"""Compiling the document: a new version, a rendering job, and approval asked for as soon as it is ready."""

from __future__ import annotations

from acr_program.people.models import User
from acr_program.render.models import Rendering
from acr_program.workflow.edit import begin
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform

from .. import rules
from ..choices import ApprovalStatus, ContributionStatus, DocumentStatus
from ..choices import RequestStatus as S
from ..models import Document, InformationRequest, ReviewRequest

CURRENT = (DocumentStatus.PENDING, DocumentStatus.READY, DocumentStatus.FAILED, DocumentStatus.SEALED)


def compile_when_complete(request: ReviewRequest, entry: LogEntry) -> None:
    """A new version of the document, once every required section is settled (R-15)."""
    if not rules.all_settled.holds(request):
        return
    void_documents(request, entry)
    last = request.documents.order_by("-number").first()
    document = begin(Document(request=request, number=last.number + 1 if last else 1), by=User.objects.clock())
    Rendering.ask(document)


def rework(request: ReviewRequest, entry: LogEntry) -> None:
    """The old version is void; the sections named go back with the comment; the rest is compiled at once."""
    void_documents(request, entry)
    detail = getattr(entry, "detail", None)
    named = detail.data.get("sections", []) if detail else []
    comment = detail.comment if detail else ""
    for section in request.contributions.filter(pk__in=named, status=ContributionStatus.ACCEPTED):
        perform(section, "send_back", by=entry.by, seen=None, inside=entry, comment=comment)
    compile_when_complete(request, entry)


def void_documents(request: ReviewRequest, entry: LogEntry) -> None:
    """Versions that nobody may approve, print or send any more, and the approvals given to them."""
    clock = User.objects.clock()
    for document in request.documents.filter(status__in=CURRENT):
        perform(document, "void", by=clock, seen=None, inside=entry)
    for approval in request.approvals.filter(status__in=[ApprovalStatus.PENDING, ApprovalStatus.APPROVED]):
        perform(approval, "lapse", by=clock, seen=None, inside=entry)


def render_again(document: Document, entry: LogEntry) -> None:
    Rendering.ask(document)


def approval_when_ready(document: Document, entry: LogEntry) -> None:
    """Compiling a complete document starts approval without a click (R-23); what is missing stays with the office."""
    request = ReviewRequest.objects.get(pk=document.request_id)
    step = request.find("request_approval")
    if request.status == S.COMPILING and step and not request.unmet(step):
        perform(request, "request_approval", by=User.objects.clock(), seen=None, inside=entry)


def withdraw_everything(request: ReviewRequest, entry: LogEntry) -> None:
    """A cancelled review asks nothing of anybody."""
    clock = User.objects.clock()
    open_states = [ContributionStatus.REQUESTED, ContributionStatus.RETURNED, ContributionStatus.SUBMITTED]
    for section in InformationRequest.objects.filter(request=request, status__in=open_states):
        perform(section, "withdraw", by=clock, seen=None, inside=entry)
    void_documents(request, entry)
