"""Asking contributors, and seeing when all have answered."""

from __future__ import annotations

from datetime import time

from django.utils.translation import gettext as _

from acr_program.jobs.clock import duty
from acr_program.people.models import User
from acr_program.workflow.book import click, clock, for_many
from acr_program.workflow.edit import begin_many
from acr_program.workflow.locks import lock
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import can, perform, perform_many

from ..choices import ContributionStatus
from ..choices import RequestStatus as S
from ..models import InformationRequest, ReviewRequest, Section
from . import compiling


def ask_contributors(request: ReviewRequest, entry: LogEntry) -> None:
    """One information request for each contributor section of the pinned template, in one action (R-14)."""
    wanted = [
        InformationRequest(request=request, section=section, contributor=writer)
        for section in request.asked_sections()
        if (writer := writer_of(section, request))
    ]
    begin_many(wanted, by=entry.by)
    if not wanted:
        move_on(request, entry)


@duty("ask what applies now", at=time(5, 30))
def ask_late(_moment: object = None) -> int:
    """An account became strategic, or lies in another theater: what its document has now is asked for the next morning (R-05)."""
    conditional = Section.objects.exclude(conditions={}).values("template")
    gathering = ReviewRequest.objects.filter(status=S.GATHERING, template__in=conditional)
    return sum(map(ask_missing, gathering.order_by("pk")))


def ask_missing(request: ReviewRequest) -> int:
    """One information request for each section that applies and that nobody was asked for."""
    with click():
        request = lock(request)
        if request.status != S.GATHERING:
            return 0
        known = set(request.contributions.values_list("section", flat=True))
        wanted = [
            InformationRequest(request=request, section=section, contributor=writer)
            for section in request.asked_sections()
            if section.pk not in known and (writer := writer_of(section, request))
        ]
        begin_many(wanted, by=clock())
    return len(wanted)


def writer_of(section: Section, request: ReviewRequest) -> User | None:
    """Whoever the owning function names; a declared slot is the representative's own (R-03)."""
    if section.slot:
        return request.rep
    return section.function.contributor if section.function else None


def go_without(request: ReviewRequest, entry: LogEntry) -> None:
    """Compiling has begun: whatever optional is still out is wanted no more, and nobody is reminded of it."""
    if entry.by.is_system:  # `move_on` has seen that nothing is out
        return
    why = _("The document is compiled without this section.")
    out = request.contributions.filter(status=ContributionStatus.REQUESTED, section__required=False)
    perform_many(out, "withdraw", by=clock(), inside=entry, comment=why)


def section_settled(contribution: InformationRequest, entry: LogEntry) -> None:
    """An accepted or waived section may be the last one awaited."""
    move_on(lock(contribution.request), entry)


def sections_reopened(contributions: list[InformationRequest], entries: list[LogEntry]) -> None:
    for request in {section.request_id: section.request for section in contributions}.values():
        compiling.void_documents(request, entries[0])


@for_many(sections_reopened)
def section_reopened(contribution: InformationRequest, entry: LogEntry) -> None:
    """What was compiled from the old text is void at once."""
    compiling.void_documents(contribution.request, entry)


def move_on(request: ReviewRequest, entry: LogEntry) -> None:
    """Gathering ends by itself when nothing is awaited; content mended while compiling is compiled again (R-22)."""
    if request.status == S.GATHERING and can(request, "start_compiling"):
        if not request.contributions.filter(status=ContributionStatus.REQUESTED).exists():
            perform(request, "start_compiling", by=clock(), seen=None, inside=entry)
    elif request.status == S.COMPILING:
        compiling.compile_when_complete(request, entry)
