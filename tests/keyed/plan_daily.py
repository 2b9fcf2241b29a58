"""The daily work in the lists that all tests share: what an insight becomes, a contact, and a part in which everything stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate, now

from acr_program.people.models import User
from keyaccounts.models import Finding
from tests.factories import make_account
from tests.keyaccounts.making_plan import a_plan, add
from tests.prove.sending import Page, Sent, sent
from tests.routes.identities import OFFICE

from . import Slice
from .plan import of

if TYPE_CHECKING:
    from tests.prove.company import Company

KEEPERS, OTHER_KEEPERS = OFFICE | {"rep", "leader"}, OFFICE | {"other rep", "other leader"}
DAY = timedelta(days=1)


def an_insight(plan: Any, words: str = "They open a plant in Kiel.") -> Any:
    return add(plan, "insights", words=words, source="Kim Kunde", on=localdate())


def a_person(plan: Any) -> Any:
    return add(plan, "people", name="Kim Kunde", division="Purchasing", influence="decides", strength=2, rhythm=30)


def of_side(records: dict[str, Any]) -> dict[str, Any]:
    plan = records["accountplan"]
    return {"keyaccounts:plan-insight-led row": an_insight(plan).pk, "keyaccounts:plan-in-touch row": a_person(plan).pk}


def pages(company: Company) -> Iterator[Page]:
    rep = company.people["rep"]

    def led() -> Sent:
        plan = a_plan("draft", make_account(manager=rep))
        row, rows = an_insight(plan), Finding.objects.filter(plan=plan, kind="note")
        return sent("keyaccounts:plan-insight-led", plan.pk, row.pk, rows=rows, became="notes")

    def touched() -> Sent:
        plan = a_plan("draft", make_account(manager=rep))
        said = {"last_on": localdate().isoformat(), "next_on": (localdate() + 30 * DAY).isoformat(), "note": ""}
        return sent("keyaccounts:plan-in-touch", plan.pk, a_person(plan).pk, base='{"revision": 1}', **said)

    yield Page("keyaccounts:plan-insight-led", "rep", led)
    yield Page("keyaccounts:plan-in-touch", "rep", touched)


def furnish(people: dict[str, User]) -> None:
    rep, today = people["everything"], localdate()
    plan = of(rep)
    asked = {"who": "Kim Kunde", "asked_at": now() - 9 * DAY, "owner": rep}
    add(plan, "queries", what="When does the pump come?", due=today - DAY, **asked)
    answered = {"answered_at": now() - DAY, "answer": "On Monday."}
    add(plan, "queries", what="Which oil does it take?", due=today - 5 * DAY, **asked | answered)
    a_person(plan)
    an_insight(plan)
    add(plan, "ideas", words="A shared stock of spare parts.", source="Ada", on=today)
    contract = add(plan, "renewals", what="Frame contract", due=today + 50 * DAY, run_up=90, owner=rep)
    add(plan, "run-up", event=contract, what="Ask the buyers", due=today + 9 * DAY, owner=rep)
    for days, score in ((200, 5), (100, 6)):
        add(plan, "surveys", due=today - days * DAY, who="Kim Kunde", owner=rep, on=today - days * DAY, score=score)
    add(plan, "surveys", due=today + 9 * DAY, who="Kim Kunde", owner=rep)


def paths(ask: Any) -> dict[str, list[str]]:
    insights = ask.office.query(
        "SELECT plan_id, max(id) FROM keyaccounts_finding WHERE kind = 'insight' AND led_to_id IS NULL GROUP BY plan_id"
    )
    people = ask.office.query("SELECT plan_id, max(id) FROM keyaccounts_personmap GROUP BY plan_id")
    return {
        "keyaccounts:plan-insight-led": [f"key-accounts/plans/{of}/insights/{pk}/led/" for of, pk in insights],
        "keyaccounts:plan-in-touch": [f"key-accounts/plans/{of}/people/{pk}/in-touch/" for of, pk in people],
    }


NARROW = (KEEPERS, OTHER_KEEPERS)
SLICE = Slice(
    pages=pages,
    narrower={"keyaccounts:plan-insight-led": NARROW, "keyaccounts:plan-in-touch": NARROW},
    of_side=of_side,
    furnish=furnish,
    paths=paths,
)
