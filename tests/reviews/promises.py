"""A review that has promised something, for the tests of what becomes of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from acr_program.people.models import User
from acr_program.workflow.edit import begin
from reviews.models import FollowUp, InformationRequest, ReviewRequest
from tests.factories import make_account, make_request, make_template, make_year, office, take, walk


def commit(what: str = "Report on-time shipment.", who: str = "Rita Rep", **fields: Any) -> dict[str, Any]:
    """One commitment as a form gives it."""
    return {"what": what, "side": "us", "who": who, "due_on": localdate() + timedelta(days=90), "measure": ""} | fields


def asked_for_commitments(rep: User | None = None, kind: str = "commitments", **fields: Any) -> InformationRequest:
    """A section of this kind that waits for its contributor."""
    template = make_template(sections=1)
    template.sections.filter(kind="input").update(kind=kind, **fields)
    account = {"account": make_account(manager=rep)} if rep else {}
    return make_request("gathering", sections=1, **account).contributions.for_page().get()


def promised(*lines: dict[str, Any], to: str = "delivered", rep: User | None = None) -> ReviewRequest:
    """A review that was led to that state with these commitments."""
    part = asked_for_commitments(rep)
    take(part, "submit", part.contributor, text="A good year lies ahead.", lines=list(lines))
    take(part, "accept", office("admin"))
    return walk(ReviewRequest.objects.get(pk=part.request_id), to)


def a_follow_up(owner: User, status: str = "open", *, request: ReviewRequest | None = None, **fields: Any) -> FollowUp:
    """One that was noted by hand, in that state."""
    request = request or make_request("delivered")
    fields = {"what": "Walk the receiving dock together.", "due_on": localdate() + timedelta(days=30)} | fields
    one = begin(FollowUp(request=request, owner=owner, **fields), by=office("admin"))
    said: dict[str, dict[str, Any]] = {
        "in_progress": {}, "done": {"outcome": "Walked in February.", "ended_on": localdate()}, "dropped": {"comment": "Closed."},
    }  # fmt: skip
    names = {"in_progress": "start", "done": "finish", "dropped": "drop"}
    return take(one, names[status], owner, **said[status]) if status in names else one


def year_before(label: str = "2019") -> Any:
    number = int(label)
    return make_year(label=label, begins_on=date(number, 1, 1), ends_on=date(number, 12, 31))
