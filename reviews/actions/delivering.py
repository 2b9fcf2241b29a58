"""The sealed document on its way to the customer, and the clock's part in the end of a review."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from accounts.models import Account
from acr_program.jobs.clock import duty
from acr_program.links.models import Link
from acr_program.outbox.post import Recipient
from acr_program.people.models import User
from acr_program.workflow.book import click, clock, current
from acr_program.workflow.edit import edit
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform, perform_many

from ..choices import BEFORE_PRINT, DocumentStatus
from ..choices import RequestStatus as S
from ..choices_feedback import CustomerStatus
from ..models import Document, ReviewRequest

PURPOSE = "document"
DAYS_OPEN = 60  # from now, and never shorter than so many days past the meeting
DAYS_AFTER = 30
DAYS_FOR_AN_ANSWER = 30


def send_link(request: ReviewRequest, entry: LogEntry) -> None:
    """A signed link to the sealed document, by mail to the recipient at the customer."""
    document = request.latest_document()
    assert request.recipient is not None  # the step needs somebody who can be reached
    to_the_meeting = (request.meeting_on - localdate()).days
    issued, token = Link.issue(PURPOSE, document, days=max(DAYS_OPEN, to_the_meeting + DAYS_AFTER))
    to = Recipient(request.recipient.name, request.recipient.email)
    address = settings.SITE_URL + reverse("reviews:delivered", args=[token])
    given = {"review": request, "link": issued}
    current().post(
        document, key=f"deliver-{document.pk}", to=[to], template="delivery", context=given, private={"url": address}
    )


def received(document: Document, name: str) -> None:
    """The customer says, by their link, that they have it: kept once, with the name given, and told to the representative."""
    with click() as book:
        document = lock(document)
        if document.received_at:
            return
        by = User.objects.customer()
        document = edit(document, seen=document.version, by=by, received_by=name, received_at=now())
        book.post(
            document, key=f"received-{document.pk}", to=[document.request.rep], template="received", context={"name": name}
        )  # fmt: skip


def revoke_links(document: Document, entry: LogEntry) -> None:
    """A void document can be opened by nobody; one that was never sealed has been sent to nobody."""
    if entry.before == DocumentStatus.SEALED:
        Link.revoke(document)


def cancel_all(account: Account, entry: LogEntry) -> None:
    """Closing an account cancels what is under way for it, with the same reason."""
    reason = entry.comment or _("The account was closed.")
    under_way = account.review_requests.filter(status__in=BEFORE_PRINT)
    perform_many(under_way, "cancel", by=clock(), inside=entry, comment=reason)


@duty("accept requests that need no look", every=timedelta(minutes=5))
def accept_by_rule(moment: datetime) -> None:
    """Where the program says so, the clock accepts what meets every rule."""
    for request in ReviewRequest.objects.filter(status=S.SUBMITTED):
        if request.program.accepts_by_itself:
            _try(request, "accept")


@duty("close reviews after the meeting", every=timedelta(hours=6))
def close_after_silence(moment: datetime) -> None:
    """30 days after the meeting a review closes; without the customer's answer it says so."""
    over = ReviewRequest.objects.filter(status=S.MET, met_on__lte=localdate() - timedelta(days=DAYS_FOR_AN_ANSWER))
    for request in over.select_related("said_by_customer"):
        asked = getattr(request, "said_by_customer", None)
        answered = asked is not None and asked.status == CustomerStatus.ANSWERED
        _try(request, "close", comment="" if answered else _("No answer from the customer."))


def _try(request: ReviewRequest, name: str, **data: Any) -> None:
    try:
        perform(request, name, by=User.objects.clock(), seen=request.version, **data)
    except Refused:
        return  # somebody was faster, or something is missing that a person is asked for already
