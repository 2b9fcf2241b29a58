"""Incubation in the lists that all tests share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from accounts.models import Account
from acr_program.people.models import User
from keyaccounts.models import Checkpoint, IncubationCycle, Membership, NominationRound, Spending, Standard, Waiver
from tests.acting import make_user, office
from tests.keyaccounts.incubation_clicks import CLICKS
from tests.keyaccounts.incubation_rows import (
    a_checkpoint,
    a_cycle,
    a_proof,
    a_spending,
    a_third,
    a_waiver,
    records,
    standards,
    states,
)
from tests.keyaccounts.incubation_sent import forms, pages, typed_actuals
from tests.keyaccounts.making_incubation import a_standard, answer, asked, figures_since
from tests.routes.identities import OFFICE, OTHER, OWN, SIGNED_IN
from tests.workflow.clicks import WORD

from . import Slice

if TYPE_CHECKING:
    from tests.routes.world import World

MACHINES = """
standard
  publish           draft                                      > published          : manager
  discard           draft                                      > discarded          : manager
  retire            published                                  > retired            : clock
incubationcycle
  lift              running                                    > running            : executive
  ask_evidence      running                                    > evidence_due       : clock
  close             running evidence_due                       > reviewed           : clock
checkpoint
  ask               ahead                                      > asked              : manager clock
  answer            asked missed                               > answered           : rep admin manager clock
  correct           answered                                   > answered           : rep admin manager
  lapse             asked                                      > missed             : clock
  drop              ahead asked missed                         > dropped            : clock
"""
WITH_A_ROLE = SIGNED_IN - {"stand-in", "superuser"}
BOOKS = OFFICE | {"rep", "other rep"}
ACTUALS: dict[str, Any] = {"actuals": [], "comment": "Nobody knows them."}
TABLE = "keyaccounts_incubationcycle"


def typed(obj: Any) -> dict[str, Any]:
    """What these steps ask, as it is typed."""
    if isinstance(obj, Membership):
        return {"starts_on": localdate().isoformat(), "money": "1000", "days": "5", "missing": "Pay in time"}
    if isinstance(obj, IncubationCycle):
        return {"money": "10"}
    return typed_actuals(obj) if isinstance(obj, Checkpoint) and obj.pk and obj.membership_id else {}


def parts(who: dict[str, User], own: dict[str, Any]) -> dict[str, Any]:
    return {"measure": own["standard"].measures.all()[0].pk}


# Lists


def busy(people: dict[str, User]) -> None:
    a_spending(people["rep"])
    a_waiver(people["rep"])
    a_standard()


def with_spending() -> IncubationCycle:
    return Spending.objects.order_by("pk")[0].cycle


def many(world: World, count: int) -> None:
    """So many rows more of each list that has a page of its own."""
    rep, tag, day = world.people["rep"], f"incubation-{count}-", localdate()
    standard, rounds = a_standard(), NominationRound.objects.first()
    accounts = Account.objects.bulk_create(
        [Account(name=f"{tag}{n}", manager=rep, status="active", version=1) for n in range(count)]
    )
    members = Membership.objects.bulk_create(
        [
            Membership(account=one, round=rounds, nominated_by=rep, nomination="x", status="incubating", version=1)
            for one in accounts
        ]
    )
    cycles = IncubationCycle.objects.bulk_create(
        [
            IncubationCycle(
                membership=one, number=1, standard=standard, starts_on=day, ends_on=day + timedelta(days=365), version=1
            )
            for one in members
        ]
    )
    Spending.objects.bulk_create([Spending(cycle=one, what="x", money=Decimal(1), by=rep) for one in cycles])
    lifted = {"kind": "allowance", "money": Decimal(1), "reason": "x", "by": office("executive")}
    Waiver.objects.bulk_create([Waiver(membership=one.membership, cycle=one, **lifted) for one in cycles])
    last = Standard.objects.order_by("-number").values_list("number", flat=True)[0]
    Standard.objects.bulk_create(
        [Standard(number=last + n, made_by=rep, status="retired", version=1) for n in range(1, count + 1)]
    )


# The office that the browser looks at


def furnish(people: dict[str, User]) -> None:
    """Incubations and checkpoints in each state, one with a trend, its books and an exception; a second one and a third."""
    rep = people["everything"]
    standards()
    for status in ("running", "evidence_due", "reviewed"):
        a_cycle(rep, status)
    for status in ("ahead", "answered", "missed", "dropped"):
        a_checkpoint(rep, status)
    a_proof(rep)
    a_third(rep)
    a_waiver(rep)
    cycle = a_spending(rep).cycle
    figures_since(cycle.membership.account, cycle.starts_on - timedelta(days=730), 12)
    for number in (1, 2):
        answer(asked(cycle, number), joint_projects=str(number))


def keys(ask: Any) -> dict[str, Callable[[], list[str]]]:
    running = f"SELECT min(id) FROM {TABLE} WHERE status = 'running'"
    booked = "SELECT min(cycle_id) FROM keyaccounts_spending"
    planned = "SELECT min(id) FROM keyaccounts_spending WHERE state = 'planned'"
    draft = "SELECT min(id) FROM keyaccounts_standard WHERE status = 'draft'"
    third = "SELECT min(id) FROM keyaccounts_membership WHERE status = 'in_panel_review' AND incubations >= 2"
    proof = "SELECT min(id) FROM keyaccounts_missingproof"
    return {
        "keyaccounts:cycle": lambda: [*ask.one_each(TABLE), *ask.keys(booked)],
        "keyaccounts:checkpoint": lambda: ask.one_each("keyaccounts_checkpoint"),
        "keyaccounts:standard": lambda: ask.one_each("keyaccounts_standard"),
        "keyaccounts:add-measure": lambda: ask.keys(draft),
        "keyaccounts:spendings": lambda: ask.keys(booked),
        "keyaccounts:spend": lambda: ask.keys(running),
        **dict.fromkeys(("keyaccounts:settle", "keyaccounts:release-planned"), lambda: ask.keys(planned)),
        "keyaccounts:missing-proof": lambda: ask.keys(proof),
        "keyaccounts:another": lambda: ask.keys(third),
    }


def paths(ask: Any) -> dict[str, list[str]]:
    """A measure of a draft stands under its version."""
    of_draft = "FROM keyaccounts_measure m JOIN keyaccounts_standard s ON s.id = m.standard_id WHERE s.status = 'draft'"
    (of,), (measure,) = ask.keys(f"SELECT min(s.id) {of_draft}"), ask.keys(f"SELECT min(m.id) {of_draft}")
    return {"keyaccounts:measure": [f"key-accounts/requirements/{of}/measures/{measure}/"]}


def make_rooted() -> None:
    a_checkpoint(make_user("rep", reports_to=make_user("leader")))


SLICE = Slice(
    machines=MACHINES,
    begin={"standard": "draft", "incubationcycle": "running", "checkpoint": "ahead"},
    need={"standard": ("publish",), "checkpoint": ("ask", "answer", "correct")},
    given={
        "incubationcycle.lift": WORD | {"money": Decimal(10)}, "incubationcycle.ask_evidence": WORD, "checkpoint.answer": ACTUALS,
        "checkpoint.correct": ACTUALS,
    },
    forms=forms,
    pages=pages,
    sees={
        "standard": (WITH_A_ROLE, set()), "incubationcycle": (OWN, OTHER), "checkpoint": (OWN, OTHER),
        "spending": (OWN, OTHER), "missingproof": (OWN, OTHER),
    },
    holds={
        "a sales representative or the program office": BOOKS,
        "a senior executive, who alone lifts limits": {"executive"},
        "a senior executive who does not manage the account": {"executive"},
    },
    shared=("standard",),
    records=records,
    states=states,
    parts=parts,
    numbered=("measure",),
    typed=typed,
    lists=("incubations", "requirements", "incubation-spending", "key-account-exceptions"),
    busy=busy,
    record_of={"cycle": with_spending},
    texts=lambda: {Spending: ("what",), Waiver: ("reason",)},
    many=many,
    clicks=CLICKS,
    rooted={
        "Checkpoint": ["keyaccounts_membership", "keyaccounts_checkpoint"],
        "IncubationCycle": ["keyaccounts_membership", "keyaccounts_incubationcycle"],
    },
    make_rooted=make_rooted,
    furnish=furnish,
    keys=keys,
    paths=paths,
    tables={
        "keyaccounts:standard-step": ("keyaccounts_standard", "keyaccounts.Standard"),
        "keyaccounts:cycle-step": ("keyaccounts_incubationcycle", "keyaccounts.IncubationCycle"),
        "keyaccounts:checkpoint-step": ("keyaccounts_checkpoint", "keyaccounts.Checkpoint"),
    },
    lookers={"/steps/lift/": "executive"},  # nobody lifts the stop of their own account
)  # fmt: skip
