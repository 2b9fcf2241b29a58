"""Star performers and what is suggested, for the tests of both."""

from __future__ import annotations

from typing import Any

from acr_program.people.models import User
from reviews.actions.voices import nominate
from reviews.models import StarPerformer
from tests.factories import make_account, make_request, office, take

WHY = {"comment": "They have left."}


def a_star(rep: User, leader: User | None = None, status: str = "nominated", **fields: Any) -> StarPerformer:
    """Somebody whom a leader holds up for a review that was met."""
    example = make_request("met", account=make_account(manager=rep), **fields)
    star = nominate(
        by=leader or rep.reports_to, person=rep, example=example, reason="They let the customer speak first."
    )
    for name in {"nominated": (), "confirmed": ("confirm",), "declined": ("decline",), "ended": ("confirm", "end")}[
        status
    ]:
        star = take(star, name, office("manager"), **({} if name == "confirm" else WHY))
    return star
