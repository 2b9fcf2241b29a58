"""A meeting for tests, led to its state as people would lead it."""

from __future__ import annotations

from typing import Any

from acr_program.people.models import User
from reviews.actions.meeting import plan
from reviews.forms.meeting import PlanForm, stands
from reviews.models import Attendee, Meeting, ReviewRequest
from tests.factories import fresh, make_request, take

INVITED = {"at": "14:30", "zone": "Europe/Berlin", "meeting_place": "Hamburg", "agenda": "1. The year", "send": "on"}


def a_meeting(status: str = "planned", *, request: ReviewRequest | None = None, at: str = "delivered") -> Meeting:
    """The meeting of a review; `at` is how far the review is while its meeting is planned."""
    request = request or make_request("met" if status == "held" else at)
    meeting = Meeting.objects.get(request=request)
    if status == "cancelled":
        meeting = take(meeting, "cancel", request.rep, comment="They are away.")
    return meeting


def typed(meeting: Meeting, **changed: Any) -> dict[str, Any]:
    """The form of the plan as it stands, with what is changed."""
    shown = {name: value for name, value in stands(meeting).items() if value not in (None, "")}
    shown["meeting_on"] = shown["meeting_on"].isoformat()
    if meeting.at:
        shown["at"] = meeting.at.strftime("%H:%M")
    return shown | {"seen": meeting.version} | changed


def planned(meeting: Meeting, by: User | None = None, **changed: Any) -> Meeting:
    """Planned as somebody types it, through the form and the door behind it."""
    meeting = fresh(meeting)
    form = PlanForm(typed(meeting, **changed), meeting=meeting)
    assert form.is_valid(), form.errors
    return plan(meeting, by=by or meeting.request.rep, seen=meeting.version, key=None, **form.values())


def guests(meeting: Meeting) -> list[str]:
    return list(Attendee.objects.filter(meeting=meeting).values_list("name", flat=True))
