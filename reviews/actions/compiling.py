"""Compiling the document: a new version, a rendering job, and approval asked for as soon as it is ready."""

from __future__ import annotations

from django.db.models import Max
from django.utils.timezone import localdate

from acr_program.render.models import Rendering
from acr_program.workflow.book import clock, for_many, forget
from acr_program.workflow.edit import begin
from acr_program.workflow.locks import lock
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import can, perform, perform_many

from .. import rules
from ..choices import ApprovalStatus, ContributionStatus, DocumentStatus
from ..choices import RequestStatus as S
from ..models import Approval, Document, InformationRequest, ReviewRequest
from ..texts import withheld

CURRENT = (DocumentStatus.PENDING, DocumentStatus.READY, DocumentStatus.FAILED, DocumentStatus.SEALED)


def compile_when_complete(request: ReviewRequest, entry: LogEntry) -> None:
    """A new version of the document, once every required section is settled (R-15)."""
    if ready(request):
        compile_again(request, entry)


def ready(request: ReviewRequest) -> bool:
    """Whether everything is there, and no required text in it is stale without the program manager's leave."""
    return rules.complete(request) and not withheld(request, localdate())


def compile_first(request: ReviewRequest, entry: LogEntry) -> None:
    """The step has asked for every section; while they were gathered there was no document to be replaced."""
    begin_version(request, request.documents.aggregate(last=Max("number"))["last"])


def compile_again(request: ReviewRequest, entry: LogEntry) -> None:
    """A new version in place of the one there is."""
    replaced = void_documents(request, entry)  # the last one, if any: whatever came before it is void already
    last = max((document.number for document in replaced), default=None)
    if last is None:
        last = request.documents.aggregate(last=Max("number"))["last"]
    begin_version(request, last)


def begin_version(request: ReviewRequest, last: int | None) -> None:
    forget(f"latest document of {request.pk}")
    Rendering.ask(begin(Document(request=request, number=(last or 0) + 1), by=clock()))


def rework(request: ReviewRequest, entry: LogEntry) -> None:
    """The old version is void; the sections named go back with the comment; the rest is compiled at once."""
    detail = getattr(entry, "detail", None)
    named = detail.data.get("sections", []) if detail else []
    comment = detail.comment if detail else ""
    accepted = request.contributions.filter(pk__in=named, status=ContributionStatus.ACCEPTED)
    if not named or not perform_many(accepted, "send_back", by=entry.by, inside=entry, comment=comment):
        follow_up = compile_again if ready(request) else void_documents
        follow_up(request, entry)


def void_documents(request: ReviewRequest, entry: LogEntry) -> list[Document]:
    """Versions that nobody may approve, print or send any more, and the approvals given to them."""
    return void_all([request], entry)


def void_all(requests: list[ReviewRequest], entry: LogEntry) -> list[Document]:
    current: list[Document] = perform_many(
        Document.objects.filter(request__in=requests, status__in=CURRENT), "void", by=clock(), inside=entry
    )
    if current:
        given = Approval.objects.filter(
            request__in=requests, status__in=[ApprovalStatus.PENDING, ApprovalStatus.APPROVED]
        )
        perform_many(given, "lapse", by=clock(), inside=entry)
    return current


def render_again(document: Document, entry: LogEntry) -> None:
    Rendering.ask(document)


def approval_when_ready(document: Document, entry: LogEntry) -> None:
    """Compiling a complete document starts approval without a click (R-23); what is missing stays with the office."""
    request = lock(document.request)
    if request.status == S.COMPILING and can(request, "request_approval"):
        perform(request, "request_approval", by=clock(), seen=None, inside=entry)


def withdraw_from_all(requests: list[ReviewRequest], entries: list[LogEntry]) -> None:
    # Before the content is gathered nothing is asked; afterwards all of it is settled or withdrawn.
    asked = [row for row, entry in zip(requests, entries, strict=True) if entry.before in rules.OPEN_FOR_CONTENT]
    if asked:
        open_states = [ContributionStatus.REQUESTED, ContributionStatus.RETURNED, ContributionStatus.SUBMITTED]
        wanted = InformationRequest.objects.filter(request__in=asked, status__in=open_states)
        perform_many(wanted, "withdraw", by=clock(), inside=entries[0])
    void_all(requests, entries[0])


@for_many(withdraw_from_all)
def withdraw_everything(request: ReviewRequest, entry: LogEntry) -> None:
    """A cancelled review asks nothing of anybody."""
    withdraw_from_all([request], [entry])
