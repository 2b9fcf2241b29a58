"""Account plans in the lists that all tests share. What a part adds of its own (routes, lists, mails) it adds here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from acr_program.people.models import User
from keyaccounts.choices_plan import PartKey
from keyaccounts.models import AccountPlan, Membership, PlanReading
from keyaccounts.models.plan_row import Part
from tests.factories import make_account
from tests.keyaccounts.making_plan import CELL, WAYS, a_plan, add, confirmed, keep_text, say_three, token_of, with_mail
from tests.prove.forms import COMMENT, Form
from tests.prove.sending import Page, Sent, sent
from tests.routes.identities import OFFICE, OTHER, OWN
from tests.workflow.clicks import WORD, as_clock, as_office

from . import Slice

if TYPE_CHECKING:
    from tests.prove.company import Company
    from tests.routes.world import World

MACHINES = """
accountplan
  share             draft                                         > shared             : rep leader admin manager
  agree             shared                                        > agreed             : leader manager customer
  put_in_force      agreed                                        > in_force           : leader manager
  review            in_force                                      > under_review       : manager clock
  resume            under_review                                  > in_force           : rep leader admin manager
  share_again       shared agreed in_force under_review           > shared             : rep leader admin manager
  archive           draft shared agreed in_force under_review     > archived           : manager clock
"""
KEEPERS, OTHER_KEEPERS = OFFICE | {"rep", "leader"}, OFFICE | {"other rep", "other leader"}
WRITING = ("plan-add", "plan-row", "plan-drop", "plan-confirmed", "begin-plan")
CELL_SENT = CELL | {"as_of": "2026-11-30", "margin": ""}


def of(rep: User, status: str = "draft") -> Any:
    return a_plan(status, make_account(manager=rep))


def ready_to_share(rep: User) -> Any:
    plan = of(rep)
    say_three(plan)
    return AccountPlan.objects.get(pk=plan.pk)


def ready_to_agree(rep: User) -> Any:
    plan = of(rep, "shared")
    confirmed(plan)
    return AccountPlan.objects.get(pk=plan.pk)


def linked(account: Any = None) -> Any:
    """One that the customer got by mail."""
    account = account or make_account()
    return a_plan("shared", account, contact=with_mail(account))


def records(who: dict[str, User], side: str) -> dict[str, Any]:
    return {"accountplan": of(who["rep" if side == "own" else "other rep"])}


def states(who: dict[str, User]) -> dict[str, list[Any]]:
    return {"accountplan": [of(who["rep"], status) for status in WAYS]}


def parts(who: dict[str, User], own: dict[str, Any]) -> dict[str, Any]:
    return {"part": "direction", "keyaccounts:plan-by-link token": token_of(linked())}


def of_side(records: dict[str, Any]) -> dict[str, Any]:
    """A cell of the plan, by its kind and number."""
    row = add(records["accountplan"], "cells", **CELL).pk
    named = {f"keyaccounts:plan-{act} kind": "cells" for act in ("add", "row", "drop")}
    return named | {"row": row, "keyaccounts:plan-row row": row, "keyaccounts:plan-part part": "direction"}


def ready(world: World) -> dict[tuple[str, str, str], Any]:
    rep = world.people["rep"]
    return {
        ("accountplan", "draft", "share"): lambda: ready_to_share(rep),
        ("accountplan", "shared", "agree"): lambda: ready_to_agree(rep),
    }


# Forms sent many times at once


def forms(company: Company) -> Iterator[Form]:
    rep = company.people["rep"]
    note = {"contact": "", "note": "As we said."}
    yield Form("accountplan.share", "rep", lambda: ready_to_share(rep), note)
    yield Form("accountplan.share_again", "rep", lambda: of(rep, "in_force"), note)
    yield Form("accountplan.agree", "manager", lambda: ready_to_agree(rep))
    yield Form("accountplan.put_in_force", "manager", lambda: of(rep, "agreed"))
    yield Form("accountplan.review", "manager", lambda: of(rep, "in_force"))
    yield Form("accountplan.resume", "rep", lambda: of(rep, "under_review"), COMMENT)
    yield Form("accountplan.archive", "manager", lambda: of(rep), COMMENT)


def pages(company: Company) -> Iterator[Page]:
    rep = company.people["rep"]

    def begun() -> Sent:
        membership = a_member(rep)
        return sent("keyaccounts:begin-plan", membership.pk, rows=AccountPlan.objects.all())

    def opened() -> Sent:
        return sent("keyaccounts:plan-opened", of(rep).pk, rows=PlanReading.objects.all())

    def noted() -> Sent:
        plan = of(rep, "shared")
        said = {"subjects": ["priorities"], "who": "Kim Kunde", "how": "meeting", "on": "2026-11-30"}
        return sent("keyaccounts:plan-confirmed", plan.pk, of=plan, **said)

    def added() -> Sent:
        plan = of(rep)
        return sent("keyaccounts:plan-add", plan.pk, "cells", rows=plan.portfoliocell_rows.all(), **CELL_SENT)

    def changed() -> Sent:
        plan = of(rep)
        cell = add(plan, "cells", **CELL)
        said = CELL_SENT | {"reason": "Another.", "base": '{"revision": 1}'}
        return sent("keyaccounts:plan-row", plan.pk, "cells", cell.pk, **said)

    def dropped() -> Sent:
        plan = of(rep)
        cell = add(plan, "cells", **CELL)
        return sent("keyaccounts:plan-drop", plan.pk, "cells", cell.pk, seen=1)

    for name, made in (
        ("begin-plan", begun), ("plan-opened", opened), ("plan-confirmed", noted), ("plan-add", added),
        ("plan-row", changed), ("plan-drop", dropped),
    ):  # fmt: skip
        yield Page(f"keyaccounts:{name}", "rep", made)


def a_member(rep: User) -> Membership:
    from tests.keyaccounts.making import a_membership

    return a_membership("incubating", make_account(manager=rep))


# Lists


def busy(people: dict[str, User]) -> None:
    of(people["rep"])


def many(world: World, count: int) -> None:
    """So many plans more, each with its parts."""
    from accounts.models import Account
    from keyaccounts.models import NominationRound

    rep, rounds = world.people["rep"], NominationRound.objects.first()
    accounts = Account.objects.bulk_create(
        [Account(name=f"plan-{count}-{n}", manager=rep, status="active", version=1) for n in range(count)]
    )
    members = Membership.objects.bulk_create(
        [
            Membership(account=one, round=rounds, nominated_by=rep, nomination="x", status="incubating", version=1)
            for one in accounts
        ]
    )
    plans = AccountPlan.objects.bulk_create(
        [AccountPlan(membership=one, year=2026, format=1, version=1) for one in members]
    )
    Part.objects.bulk_create([Part(plan=one, key="direction", changed_by=rep) for one in plans])


# The office that the browser looks at


def furnish(people: dict[str, User]) -> None:
    """A plan in each state, one with a full direction, one that has moved on since it was agreed."""
    rep = people["everything"]
    for status in WAYS:
        plan = of(rep, status)
        if status == "draft":
            add(plan, "cells", **CELL)
            add(plan, "cells", line="Valves", sector="Food", chosen="inherited")
            add(plan, "contributors", part="direction", side="outside", name="Ina Institute", of="Institute")
        elif status == "in_force":
            keep_text(plan, "blueprint", "The only supplier in every plant by 2028.")
            add(plan, "opportunities", what="A plan for spare parts")


def links(people: dict[str, User]) -> Iterator[str]:
    yield reverse("keyaccounts:plan-by-link", args=[token_of(linked())])


def keys(ask: Any) -> dict[str, Any]:
    shared = "SELECT min(id) FROM keyaccounts_accountplan WHERE status = 'shared'"
    moved_on = "SELECT max(plan_id) FROM keyaccounts_opportunity WHERE what = 'A plan for spare parts'"
    return {
        "keyaccounts:plan": lambda: ask.one_each("keyaccounts_accountplan"),
        "keyaccounts:plan-changes": lambda: [*ask.keys(shared), *ask.keys(moved_on)],
        "keyaccounts:plan-confirmed": lambda: ask.keys(shared),
        "keyaccounts:plan-mentionable": lambda: ask.keys(shared),
    }


def paths(ask: Any) -> dict[str, list[str]]:
    """Every part of the plan with a full direction, a row of it, and one to be added."""
    ((of, cell),) = ask.office.query("SELECT max(plan_id), max(id) FROM keyaccounts_portfoliocell")
    (text,) = ask.keys(f"SELECT id FROM keyaccounts_part WHERE plan_id = {of} AND key = 'direction'")
    at = f"key-accounts/plans/{of}"
    return {
        "keyaccounts:plan-part": [f"{at}/parts/{part}/" for part in PartKey.values],
        "keyaccounts:plan-row": [f"{at}/rows/cells/{cell}/", f"{at}/rows/text/{text}/"],
        "keyaccounts:plan-add": [f"{at}/rows/cells/add/", f"{at}/rows/contributors/add/?part=direction"],
    }


CLICKS: dict[str, Any] = {
    "accountplan": {
        "share": as_office("manager", lambda: ready_to_share(make_account().manager)),
        "agree": as_office("manager", lambda: ready_to_agree(make_account().manager)),
        "put_in_force": as_office("manager", lambda: a_plan("agreed")),
        "review": as_clock(lambda: a_plan("in_force")),
        "resume": as_office("manager", lambda: a_plan("under_review"), **WORD),
        "share_again": as_office("manager", lambda: a_plan("in_force")),
        "archive": as_office("manager", lambda: a_plan("draft"), **WORD),
    }
}

SLICE = Slice(
    machines=MACHINES,
    begin={"accountplan": "draft"},
    need={"accountplan": ("share", "share_again", "agree")},
    given={"accountplan.resume": WORD, "accountplan.archive": WORD},
    ready=ready,
    forms=forms,
    pages=pages,
    sees={"accountplan": (OWN, OTHER)},
    holds={"the account team, the leader above, or the program office": KEEPERS},
    holds_other={"the account team, the leader above, or the program office": OTHER_KEEPERS},
    narrower={f"keyaccounts:{name}": (KEEPERS, OTHER_KEEPERS) for name in WRITING},
    public={("POST", "keyaccounts:plan-by-link"): {400}},
    records=records,
    states=states,
    parts=parts,
    of_side=of_side,
    numbered=("row",),
    tokens=("keyaccounts:plan-by-link token",),
    without_once={"keyaccounts:plan-by-link": "who is not signed in has no click: each of the four is confirmed once"},
    lists=("account-plans",),
    busy=busy,
    many=many,
    clicks=CLICKS,
    dear={
        "accountplan.share": 40,  # the whole plan is kept as a version, in four queries; what follows is not counted anew yet
        "accountplan.share_again": 40,
    },
    rooted={"AccountPlan": ["keyaccounts_membership", "keyaccounts_accountplan"]},
    make_rooted=lambda: a_plan(),
    furnish=furnish,
    by_link=("keyaccounts:plan-by-link",),
    links=links,
    keys=keys,
    paths=paths,
    tables={"keyaccounts:plan-step": ("keyaccounts_accountplan", "keyaccounts.AccountPlan")},
)  # fmt: skip
