"""Leaving the standard in one review: who may propose it, and what follows from the program manager's word (R-03)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.roles import program_office
from acr_program.workflow.book import click, clock, for_many
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform_many

from .. import rules
from ..choices import DeviationStatus
from ..choices import RequestStatus as S
from ..conditions import applies, because
from ..models import Deviation, ReviewRequest, Section
from ..models.deviation import STANDING
from . import compiling, gather


def may_propose(user: User, request: ReviewRequest) -> bool:
    """The office, and whoever meets the customer; nobody who only writes or approves."""
    return program_office(user) or rules.rep_of_account(user, request)


def why_not(request: ReviewRequest, section: Section) -> str:
    """Why no other text can be proposed for this section now; empty where one can."""
    if section.template_id != request.template_id:
        return _("This review has no such section.")
    if section.locked:
        return str(rules.section_unlocked.says)
    if not section.may_deviate:
        return _(
            "Only standard text can be deviated from: what is written or computed for the customer has its own way."
        )
    if not applies(section, request.account):
        return because(section, request.account)
    if request.status not in rules.OPEN_FOR_CONTENT:
        return str(rules.still_open_for_content.says)
    if Deviation.objects.filter(request=request, section=section, status__in=STANDING).exists():
        return _("Another text is proposed or allowed for this section: withdraw that one first.")
    return ""


def propose(request: ReviewRequest, section: Section, *, by: User, text: str, reason: str) -> Deviation:
    """A deviation that waits for the program manager; nothing is compiled meanwhile. Raises Refused with the sentence."""
    if not may_propose(by, request):
        raise PermissionDenied(_("A deviation is proposed by the program office or the sales representative."))
    with click():
        request = lock(request)
        if reason_not := why_not(request, section):
            raise Refused(reason_not)
        made = Deviation(request=request, section=section, proposed_by=by, text=text, reason=reason)
        return begin(made, by=by, comment=reason)


def deviation_allowed(deviation: Deviation, entry: LogEntry) -> None:
    """What is compiled already says something else: it is made anew."""
    request = lock(deviation.request)
    if request.status == S.COMPILING:
        compiling.compile_when_complete(request, entry)
    else:
        go_on(request, entry)


def deviations_left_out(deviations: list[Deviation], entries: list[LogEntry]) -> None:
    """Several of one review at once: what follows, follows once, for one that was allowed where any was."""
    allowed_first = sorted(
        zip(deviations, entries, strict=True), key=lambda pair: pair[1].before != DeviationStatus.ALLOWED
    )
    each = {deviation.request_id: (deviation, entry) for deviation, entry in reversed(allowed_first)}
    for deviation, entry in each.values():
        deviation_left_out(deviation, entry)


@for_many(deviations_left_out)
def deviation_left_out(deviation: Deviation, entry: LogEntry) -> None:
    """The standard stands. A document that was waiting only for this goes on; one that said it is made anew."""
    request = lock(deviation.request)
    if request.status == S.COMPILING and entry.before == DeviationStatus.ALLOWED:
        compiling.compile_when_complete(request, entry)
    else:
        go_on(request, entry)


def go_on(request: ReviewRequest, entry: LogEntry) -> None:
    """Whatever waited for the last word."""
    document = request.latest_document()
    if request.status == S.GATHERING:
        gather.move_on(request, entry)
    elif request.status == S.COMPILING and document is not None and document.status in compiling.CURRENT:
        compiling.approval_when_ready(document, entry)
    elif request.status == S.COMPILING:
        compiling.compile_when_complete(request, entry)


def withdraw_all_proposed(requests: list[ReviewRequest], entries: list[LogEntry]) -> None:
    """While leaders read none waits: a document is not asked for before all are decided."""
    open_still = [row for row, entry in zip(requests, entries, strict=True) if entry.before in rules.OPEN_FOR_CONTENT]
    if not open_still:
        return
    waiting = Deviation.objects.waiting().filter(request__in=open_still)
    perform_many(waiting, "withdraw", by=clock(), inside=entries[0], comment=_("The review was cancelled."))


@for_many(withdraw_all_proposed)
def withdraw_proposed(request: ReviewRequest, entry: LogEntry) -> None:
    """A cancelled review asks nothing of the program manager."""
    withdraw_all_proposed([request], [entry])
