"""A record of each kind of incubation, in each of its states; of a representative that is named."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from acr_program.people.models import User
from keyaccounts.actions import spending as acts
from keyaccounts.actions.standards import begin_draft
from keyaccounts.models import Checkpoint, IncubationCycle, Membership, MissingProof, Spending, Standard
from tests.acting import fresh, make_user, office, take
from tests.factories import make_account

from .making import a_membership, ungated
from .making_incubation import ALLOWANCE, a_standard, answer, asked, cycle_of, lift_limit, start, step

WHY = {"comment": "As it is."}
AGAIN = {"comment": "Not yet.", "missing": ["Pay in time"], **ALLOWANCE}


def of_rep(rep: User, status: str = "incubator_nominated", **more: Any) -> Membership:
    return a_membership(status, make_account(manager=rep), **more)


def a_cycle(rep: User, status: str = "running") -> IncubationCycle:
    """An incubation in this state, with an allowance."""
    cycle = start(of_rep(rep))
    if status != "running":
        take(cycle.membership, "call_panel", office("manager"), **WHY)
    if status == "reviewed":
        take(cycle.membership, "withdraw", office("manager"), **WHY)
    return fresh(cycle)


def a_checkpoint(rep: User, status: str = "asked") -> Checkpoint:
    """The first checkpoint of an incubation, in this state."""
    cycle = a_cycle(rep)
    row = Checkpoint.objects.get(cycle=cycle, number=1)
    if status == "dropped":
        take(cycle.membership, "call_panel", office("manager"), **WHY)
    elif status != "ahead":
        row = asked(cycle)
    if status == "answered":
        answer(row)
    elif status == "missed":
        take(row, "lapse", User.objects.clock())
    return fresh(row)


def a_spending(rep: User) -> Spending:
    cycle = a_cycle(rep)
    return acts.take(cycle, by=office("admin"), seen=cycle.version, what="Workshop", money=Decimal(100))


def a_proof(rep: User) -> MissingProof:
    """One thing that a second incubation has still to show."""
    membership = of_rep(rep, "in_panel_review")
    chair = membership.programme.chair
    assert chair is not None
    with ungated():
        step(membership, "extend", chair, **AGAIN)
    return MissingProof.objects.get(cycle=cycle_of(membership))


def a_third(rep: User) -> Membership:
    """A membership whose panel could send it to a third incubation."""
    return of_rep(rep, "in_panel_review", incubations=2)


def a_waiver(rep: User) -> Any:
    cycle = a_cycle(rep)
    return lift_limit(cycle, by=make_user("executive"), reason="Why.", days=Decimal(1))


def a_draft() -> Standard:
    """The draft of the next version, begun where there is none."""
    a_standard()
    return Standard.objects.filter(status="draft").first() or begin_draft(by=office("manager"))


def standards() -> list[Standard]:
    """One in each state: retired, in force, discarded, a draft."""
    a_standard()
    take(a_draft(), "publish", office("manager"))
    take(a_draft(), "discard", office("manager"))
    a_draft()
    return [
        Standard.objects.filter(status=one).order_by("pk")[0] for one in ("draft", "published", "retired", "discarded")
    ]


def records(who: dict[str, User], side: str) -> dict[str, Any]:
    """Rita's, or Otto's."""
    rep = who["rep" if side == "own" else "other rep"]
    found: dict[str, Any] = {
        "incubationcycle": a_cycle(rep), "checkpoint": a_checkpoint(rep), "spending": a_spending(rep),
        "missingproof": a_proof(rep),
    }  # fmt: skip
    return found | ({"standard": a_standard()} if side == "own" else {})


def states(who: dict[str, User]) -> dict[str, list[Any]]:
    rep = who["rep"]
    return {
        "incubationcycle": [a_cycle(rep, one) for one in ("running", "evidence_due", "reviewed")],
        "checkpoint": [a_checkpoint(rep, one) for one in ("ahead", "asked", "answered", "missed", "dropped")],
        "standard": standards(),
    }
