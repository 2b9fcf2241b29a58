"""Asking after the meeting: the representative at once, the customer a day later and once more; what the clock does (R-25)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from acr_program.jobs.clock import duty
from acr_program.links.models import Link
from acr_program.outbox.post import Recipient
from acr_program.outbox.render import absolute
from acr_program.workflow.book import clock, current
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import Refused
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform, perform_many

from ..choices import RequestStatus
from ..choices_feedback import CustomerStatus, SuggestionKind
from ..models import CustomerFeedback, RepFeedback, ReviewRequest, Suggestion

PURPOSE = "feedback"
DAYS_OPEN = 60  # a review that is closed before then closes its links
REMIND_AFTER = timedelta(days=7)
TEMPLATES = {"ask": "customer_questions", "remind": "customer_reminder"}


def begin_asking(request: ReviewRequest, entry: LogEntry) -> None:
    """The meeting was held: the representative is asked now, the customer is to be asked."""
    begin(RepFeedback(request=request), by=clock())
    begin(CustomerFeedback(request=request), by=clock())


def send_questions(feedback: CustomerFeedback, entry: LogEntry) -> None:
    """A link of its own in each mail: the token is kept nowhere, so a reminder cannot repeat the first."""
    issued, token = Link.issue(PURPOSE, feedback, days=DAYS_OPEN)
    current().post(
        feedback, key=f"{PURPOSE}-{feedback.pk}-{feedback.version}",
        to=[Recipient(feedback.meant_for, feedback.meant_email)], template=TEMPLATES[entry.step],
        context={"review": feedback.request, "link": issued},
        private={"url": absolute(reverse("reviews:say", args=[token]))},
    )  # fmt: skip


def close_links(feedback: CustomerFeedback, entry: LogEntry) -> None:
    """Nobody can answer any more."""
    Link.revoke(feedback, PURPOSE)


def stop_asking(request: ReviewRequest, entry: LogEntry) -> None:
    """A review that is closed asks its customer nothing more."""
    unanswered = CustomerFeedback.objects.filter(request=request).exclude(status=CustomerStatus.ANSWERED)
    perform_many(unanswered, "lapse", by=clock(), inside=entry)


def begin_suggestion(feedback: RepFeedback, entry: LogEntry) -> None:
    """What was suggested goes to the program manager's list."""
    about, words = feedback.suggested
    if words:
        begin(
            Suggestion(feedback=feedback, suggested_by=feedback.request.rep, words=words, **place_of(about)),
            by=entry.by,
        )


def place_of(about: str) -> dict[str, Any]:
    """“section:7” is a section of the template, “stage:gathering” a step of the process."""
    kind, _colon, what = about.partition(":")
    if kind == "section":
        return {"kind": SuggestionKind.TEMPLATE, "section_id": int(what)}
    return {"kind": SuggestionKind.PROCESS, "stage": what}


@duty("ask customers how the meeting went", every=timedelta(hours=1))
def ask_customers(moment: datetime) -> None:
    """From the day after the meeting on; whoever cannot be reached is shown as not asked yet."""
    held = CustomerFeedback.objects.filter(
        status=CustomerStatus.PLANNED, request__status=RequestStatus.MET, request__met_on__lt=localdate(moment)
    )
    for feedback in held.exclude(request__recipient=None).exclude(request__recipient__email=""):
        _try(feedback, "ask")


@duty("remind customers of the questions", every=timedelta(hours=1))
def remind_customers(moment: datetime) -> None:
    """Once, a week after they were asked; never who has answered, nor after the close."""
    silent = CustomerFeedback.objects.filter(
        status=CustomerStatus.ASKED, reminded_at=None, asked_at__lte=moment - REMIND_AFTER
    )
    for feedback in silent:
        _try(feedback, "remind")


def _try(feedback: CustomerFeedback, name: str, **data: Any) -> None:
    try:
        perform(feedback, name, by=clock(), seen=feedback.version, **data)
    except Refused:
        return  # somebody was faster, or something is missing that a page shows
