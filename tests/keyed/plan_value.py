"""The part of account plans on value in the lists that all tests share: the risk register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from acr_program.people.models import User
from keyaccounts.models import AccountPlan, Finding
from tests.factories import make_account
from tests.keyaccounts.making_plan import a_plan, add

from . import Slice

if TYPE_CHECKING:
    from tests.routes.world import World

ISSUE = {"words": "Their plant in Kiel closes", "severity": "high", "source": "Press"}


def busy(people: dict[str, User]) -> None:
    add(a_plan(account=make_account(manager=people["rep"])), "issues", **ISSUE)


def many(world: World, count: int) -> None:
    """So many issues more, of one plan that everybody in charge sees."""
    plan = AccountPlan.objects.order_by("pk").first()
    rows = [Finding(plan=plan, kind="issue", changed_by=world.people["rep"], **ISSUE) for _n in range(count)]
    Finding.objects.bulk_create(rows)


def furnish(people: dict[str, User]) -> None:
    """A plan that says something in every list of the part."""
    from tests.keyaccounts.making_worth import margin_told, quarter_back, sold

    plan = a_plan(account=make_account(manager=people["everything"]))
    sold(plan.account, 1200)
    margin_told(plan.account, 24)
    add(plan, "worth", begins_on=quarter_back(1), months=3, revenue=1500, potential=4000, source="Account team")
    add(plan, "needs", words="Delivery within a day", voice="stated", source="Kim Kunde")
    add(plan, "issues", **ISSUE)
    add(plan, "decisions", what="Valves for the new plant", decision="buy", behaviour="Asked three suppliers.")
    add(plan, "reasons-stated", words="You answer at night.", source="Kim Kunde")
    add(plan, "reasons-assumed", words="We are cheaper.", source="Sales")


def texts() -> dict[Any, tuple[str, ...]]:
    return {Finding: ("words", "source")}


SLICE = Slice(lists=("risk-register",), busy=busy, many=many, furnish=furnish, texts=texts)
