"""Actions, ladders, rescue plans and the register of data of account plans, in the lists that all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from acr_program.people.models import User
from keyaccounts.models import AccountPlan, Action, DataItem
from keyaccounts.plan.actions_rescue import start
from keyaccounts.plan.kinds import find
from tests.acting import fresh, make_user, office, take
from tests.factories import make_account
from tests.keyaccounts.making_actions import HOW, a_rescue, a_rung, an_action, at_risk
from tests.keyaccounts.making_plan import a_plan, add
from tests.prove.sending import Page, Sent, sent
from tests.routes.identities import OFFICE

from . import Slice

if TYPE_CHECKING:
    from tests.prove.company import Company
    from tests.routes.world import World

KEEPERS, OTHER_KEEPERS = OFFICE | {"rep", "leader"}, OFFICE | {"other rep", "other leader"}
WRITING = ("plan-rescue", "plan-rescue-rest", "plan-done", "plan-refreshed")
ITEM = {
    "item": "Who signs for what", "purpose": "To know whom to ask", "source": "Their purchasing department",
    "place": "CRM, contacts", "access": "The account team", "refresh": 90,
}  # fmt: skip


def of(rep: User) -> Any:
    return a_plan("draft", make_account(manager=rep))


def an_item(plan: Any, **said: Any) -> DataItem:
    said = {"owner": plan.account.manager, "refreshed_on": localdate() - timedelta(days=100)} | ITEM | said
    item: DataItem = add(plan, "data", **said)
    return item


def ready_to_start(rep: User) -> Any:
    """A plan with a rescue plan that waits, of an account that is at risk."""
    plan = of(rep)
    a_rescue(plan)
    at_risk(plan.account)
    return fresh(plan)


def started(rep: User) -> Any:
    plan = ready_to_start(rep)
    kind = find("rescue")
    assert kind is not None
    start(plan, kind, by=rep)
    return fresh(plan)


def ready_to_rest(rep: User) -> Any:
    plan = started(rep)
    take(plan.account, "recover", office("manager"), comment="They stay.")
    return fresh(plan)


def parts(who: dict[str, User], own: dict[str, Any]) -> dict[str, Any]:
    """Of the plan in whose address they stand."""
    plan = own["accountplan"]
    return {
        "keyaccounts:plan-done row": an_action(plan, localdate()).pk,
        "keyaccounts:plan-refreshed row": an_item(plan).pk,
    }


def pages(company: Company) -> Iterator[Page]:
    rep = company.people["rep"]

    def rescue() -> Sent:
        plan = ready_to_start(rep)
        return sent("keyaccounts:plan-rescue", plan.pk, of=plan)

    def rest() -> Sent:
        plan = ready_to_rest(rep)
        return sent("keyaccounts:plan-rescue-rest", plan.pk, of=plan)

    def done() -> Sent:
        plan = of(rep)
        action = an_action(plan, localdate())
        rows = Action.objects.filter(pk=action.pk, state="done")
        return sent("keyaccounts:plan-done", plan.pk, action.pk, rows=rows, seen=1)

    def refreshed() -> Sent:
        plan = of(rep)
        item = an_item(plan)
        rows = DataItem.objects.filter(pk=item.pk, refreshed_on=localdate())
        return sent("keyaccounts:plan-refreshed", plan.pk, item.pk, rows=rows, seen=1)

    for name, made in zip(WRITING, (rescue, rest, done, refreshed), strict=True):
        yield Page(f"keyaccounts:{name}", "rep", made)


# Lists


def busy(people: dict[str, User]) -> None:
    an_item(of(people["rep"]))


def texts() -> dict[Any, tuple[str, ...]]:
    return {DataItem: ("item", "purpose", "source", "place", "access")}


def many(world: World, count: int) -> None:
    """So many items more."""
    rep = world.people["rep"]
    plan = AccountPlan.objects.filter(membership__account__manager=rep).order_by("pk").last()
    due = {"due": localdate(), "owner": rep, "changed_by": rep}
    DataItem.objects.bulk_create(
        [DataItem(plan=plan, **(ITEM | due | {"item": f"data-{count}-{n}"})) for n in range(count)]
    )


# The office that the browser looks at


def furnish(people: dict[str, User]) -> None:
    """A plan with late and open actions, a ladder, a rescue plan that runs, and data that are overdue."""
    rep = people["everything"]
    plan, today = started(rep), localdate()
    helper = make_user("contributor", name="Hanna Helps-in-every-single-project")
    a_rung(plan, 1, make_user("leader", name="Lea First"))
    a_rung(plan, 3, make_user("executive", name="Stefan Second"))
    an_action(plan, today - timedelta(days=4), what="Show every plant what it saves in a year", helpers=[helper])
    an_action(plan, today + timedelta(days=5), what="Agree on one price list")
    an_action(plan, today, what="Call the board", state="done", done_on=today, **HOW)
    a_rescue(plan, what="A new offer that nobody has written yet")
    add(plan, "team", title="Delivery and service", person=helper, does="Answers for every order.")
    an_item(plan)
    an_item(plan, item="Delivery addresses", refreshed_on=None)


SLICE = Slice(
    pages=pages,
    narrower={f"keyaccounts:{name}": (KEEPERS, OTHER_KEEPERS) for name in WRITING},
    parts=parts,
    lists=("customer-data",),
    busy=busy,
    texts=texts,
    many=many,
    furnish=furnish,
)
