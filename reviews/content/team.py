"""The letter and the people who answer for what is written."""

from __future__ import annotations

from typing import Any

from acr_program.people.models import User

from ..models import ReviewRequest


def letter_of(request: ReviewRequest, html: str) -> dict[str, Any]:
    rep, account = request.rep, request.account
    to = request.recipient.name if request.recipient else account.name
    return {
        "kind": "letter", "greeting": f"Dear {to},", "html": html, "closing": "Yours sincerely,", "name": rep.name,
        "role": rep.title,
    }  # fmt: skip


def team_of(request: ReviewRequest) -> dict[str, Any]:
    """Nobody twice: the program's manager may be the one who manages the account, or who leads them."""
    program = request.program
    roles = [
        (request.rep, "Your account manager"), (request.rep.reports_to, "Sales leader"), (program.manager, "Program office"),
    ]  # fmt: skip
    people: dict[int, dict[str, str]] = {}
    for one, role in roles:
        if one is not None and one.pk in people:
            people[one.pk]["role"] += f"; {role[0].lower()}{role[1:]}"
        elif one is not None:
            people[one.pk] = person(one, role)
    origin = {"source": "People on file", "owner": "Program office"}
    return {"kind": "team", "people": list(people.values()), "follows": True, "origin": origin}


def person(one: User, role: str) -> dict[str, str]:
    return {"name": one.name, "role": role, "title": one.title, "email": one.email}
