"""A review from the first word to the last, as its log tells it."""

import pytest
from django.utils.timezone import localdate

from acr_program.files.models import Manifest
from acr_program.outbox.models import Message
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from tests.factories import fresh, render, take
from tests.walk import speak


@pytest.mark.demand("features, 1")
def test_from_request_to_close(review, people, mails):
    """Rep asks, office accepts, two write, it is compiled, two approve in order, the customer gets it, they meet."""
    request = review()
    take(request, "submit", people["rep"])
    take(request, "accept", people["admin"])
    for who in ("contributor", "second contributor"):
        section = request.contributions.get(contributor=people[who])
        take(section, "submit", people[who], text="We did what we said.")
        take(section, "accept", people["admin"])
    render(request.latest_document())
    for who in ("leader", "second leader"):
        approval = request.approvals.get(approver=people[who])
        take(approval, "approve", people[who], signs=approval.signs)
    take(request, "hold_meeting", people["rep"], met_on=localdate(), attendees="Kim")
    speak(request)
    take(request, "close", people["admin"], customer_feedback="More of the same.")

    said = [(row.step, row.before, row.after, row.by.name) for row in request.log().select_related("by")]
    assert said == [
        ("create", "", "draft", "Rita Rep"),
        ("submit", "draft", "submitted", "Rita Rep"),
        ("accept", "submitted", "gathering", "Ada Admin"),
        ("start_compiling", "gathering", "compiling", "The clock"),
        ("request_approval", "compiling", "in_approval", "The clock"),
        ("approve_all", "in_approval", "approved", "The clock"),
        ("deliver_digital", "approved", "delivered", "The clock"),
        ("hold_meeting", "delivered", "met", "Rita Rep"),
        ("close", "met", "closed", "Ada Admin"),
    ]
    document = request.latest_document()
    signed = set(request.approvals.values_list("signs", flat=True))
    assert (document.status, signed) == ("sealed", {Manifest.objects.get(pk=document.manifest_id).digest})
    assert Obligation.objects.open().filter(account_id=request.account_id).count() == 0
    assert list(verify()) == []

    sent = {(address, mail.subject) for mail in mails() for address in mail.to}
    assert len(sent) == Message.objects.filter(state="done").count() > 0
    assert {address for address, _ in sent} == {
        people[who].email for who in ("rep", "admin", "contributor", "second contributor", "leader", "second leader")
    } | {"kim@customer.example"}


def test_one_click_ripples_through_in_one_transaction(review, people):
    """The last approval moves approval, request and document; all of it in one log, at versions that follow."""
    request = review("in_approval")
    first, second = request.approvals.order_by("place")
    take(first, "approve", people["leader"], signs=first.signs)
    last = LogEntry.objects.last().pk

    take(second, "approve", people["second leader"], signs=second.signs)

    rippled = [(row.content_type.model, row.step) for row in LogEntry.objects.filter(pk__gt=last)]
    assert rippled == [
        ("approval", "approve"),
        ("reviewrequest", "approve_all"),
        ("document", "seal"),
        ("reviewrequest", "deliver_digital"),
    ]
    assert fresh(request).version == request.version + 2
