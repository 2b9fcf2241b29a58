"""Leads a review from state to state as people would: nothing here writes a state."""

from __future__ import annotations

from django.utils.timezone import localdate

from acr_program.files.models import Manifest
from acr_program.files.store import store
from acr_program.people.models import User
from acr_program.workflow.edit import edit
from reviews.models import Document, RepFeedback, ReviewRequest

from .acting import fresh, office, take

ROAD = [
    "draft", "submitted", "gathering", "compiling", "in_approval", "approved", "printing", "shipped", "delivered",
    "met", "closed",
]  # fmt: skip
BRANCHES = {"returned": "submitted", "changes_requested": "in_approval", "cancelled": "draft"}
TEXT = "We shipped what we promised."


def walk(request: ReviewRequest, to: str) -> ReviewRequest:
    """The review in that state. “approved” is where a review waits when it cannot go out by itself."""
    goal = BRANCHES.get(to, to)
    if ROAD.index(goal) > ROAD.index(request.status):
        for state in ROAD[ROAD.index(request.status) : ROAD.index(goal)]:
            if state == fresh(request).status:
                STEPS[state](request, to)
    if to in BRANCHES:
        LAST[to](request)
    request = fresh(request)
    assert request.status == to, f"the walk to {to} ended at {request.status}"
    return request


def render(document: Document) -> Document:
    """What the rendering job says when it is done: real bytes, kept under their hash, in a manifest."""
    screen = store(b"%%PDF-1.7 screen of document %d" % document.pk, "application/pdf")
    printed = store(b"%%PDF-1.7 print of document %d" % document.pk, "application/pdf")
    manifest = Manifest.seal([("print.pdf", printed, 12), ("screen.pdf", screen, 12)], inputs="0" * 64)
    document.on_rendered(manifest, 12)
    return Document.objects.get(pk=document.pk)


def admin() -> User:
    return office("admin")


def submit(request: ReviewRequest, to: str) -> None:
    take(request, "submit", request.rep)


def accept(request: ReviewRequest, to: str) -> None:
    take(request, "accept", admin())


def gather(request: ReviewRequest, to: str) -> None:
    for section in request.contributions.all():
        take(section, "submit", section.contributor, text=TEXT)
        take(section, "accept", admin())


def compile_(request: ReviewRequest, to: str) -> None:
    render(request.latest_document())


def approve(request: ReviewRequest, to: str) -> None:
    """Every leader in order; without a recipient the review waits, approved, for the office."""
    if to == "approved":
        now = fresh(request)
        edit(now, seen=now.version, by=admin(), recipient=None, ship_to="")
    for approval in request.approvals.filter(status="pending").order_by("place"):
        take(approval, "approve", approval.approver, signs=approval.signs)


def ship(request: ReviewRequest, to: str) -> None:
    take(request, "ship", admin(), carrier="Post", tracking="T-1")


def arrive(request: ReviewRequest, to: str) -> None:
    take(request, "confirm_delivery", request.rep)


def meet(request: ReviewRequest, to: str) -> None:
    take(request, "hold_meeting", request.rep, met_on=localdate(), attendees="Kim, Robin")
    speak(request)


def speak(request: ReviewRequest) -> None:
    """The representative says how it went, so that the review can be closed."""
    take(RepFeedback.objects.get(request=request), "give", request.rep, worked="It went well.", did_not="")


def close(request: ReviewRequest, to: str) -> None:
    take(request, "close", admin(), customer_feedback="Thank you.")


def send_back(request: ReviewRequest) -> None:
    take(request, "send_back", admin(), comment="The goal is missing.")


def ask_for_changes(request: ReviewRequest) -> None:
    approval = request.approvals.filter(status="pending").order_by("place")[0]
    take(approval, "ask_for_changes", approval.approver, comment="Say more about quality.")


def cancel(request: ReviewRequest) -> None:
    take(request, "cancel", request.rep, comment="The customer has other plans.")


STEPS = {
    "draft": submit, "submitted": accept, "gathering": gather, "compiling": compile_, "in_approval": approve,
    "printing": ship, "shipped": arrive, "delivered": meet, "met": close,
}  # fmt: skip
LAST = {"returned": send_back, "changes_requested": ask_for_changes, "cancelled": cancel}
