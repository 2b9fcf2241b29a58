"""Checks of objectives in the lists that all tests share, and a part on monitoring in which everything stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from acr_program.people.models import User
from tests.factories import make_account
from tests.keyaccounts.making_monitoring import a_level, evaluated, many_deliveries
from tests.keyaccounts.making_plan import GOAL, a_plan, add
from tests.prove.sending import Page, Sent, sent
from tests.routes.identities import OFFICE

from . import Slice

if TYPE_CHECKING:
    from tests.prove.company import Company

KEEPERS, OTHER_KEEPERS = OFFICE | {"rep", "leader"}, OFFICE | {"other rep", "other leader"}


def of_side(records: dict[str, Any]) -> dict[str, Any]:
    return {"keyaccounts:plan-checked row": a_level(records["accountplan"]).pk}


def pages(company: Company) -> Iterator[Page]:
    rep = company.people["rep"]

    def checked() -> Sent:
        plan = a_plan("draft", make_account(manager=rep))
        level, today = a_level(plan), localdate()
        said = {"actual": "97", "as_of": today.isoformat(), "next_check": (today + timedelta(days=30)).isoformat()}
        return sent("keyaccounts:plan-checked", plan.pk, level.pk, miss="", base='{"revision": 1}', **said)

    yield Page("keyaccounts:plan-checked", "rep", checked)


def furnish(people: dict[str, User]) -> None:
    """The plan with a full direction says something in every list and picture of the part on monitoring."""
    from keyaccounts.models import AccountPlan
    from tests.acting import make_user
    from tests.keyaccounts.making_worth import margin_told, quarter_back, sold

    plan = AccountPlan.objects.filter(portfoliocell_rows__isnull=False).latest("pk")
    sold(plan.account, 1200)
    margin_told(plan.account, 24)
    add(plan, "worth", begins_on=quarter_back(1), months=3, revenue=1500, margin=30, source="Account team")
    won = add(plan, "opportunities", what="Valves for Kiel", state="won", worth=5000, gained=6200, result="Signed.")
    add(plan, "goals", **GOAL, opportunity=won, aim="least", target=10, actual=4)
    a_level(plan, actual=90, miss="Two of us were ill.", next_check=localdate() - timedelta(days=3))
    add(plan, "joint-goals", what="One price list", percent=40, narrative="The lists are compared.")
    many_deliveries(plan)
    for days, trust in ((200, 4), (3, 9)):
        evaluated(plan, make_user("executive"), trust=trust, on=localdate() - timedelta(days=days))


def paths(ask: Any) -> dict[str, list[str]]:
    rows = ask.office.query("SELECT plan_id, max(id) FROM keyaccounts_objective WHERE kind = 'sla' GROUP BY plan_id")
    return {"keyaccounts:plan-checked": [f"key-accounts/plans/{of}/objectives/{pk}/checked/" for of, pk in rows]}


SLICE = Slice(
    pages=pages,
    narrower={"keyaccounts:plan-checked": (KEEPERS, OTHER_KEEPERS)},
    of_side=of_side,
    furnish=furnish,
    paths=paths,
)
