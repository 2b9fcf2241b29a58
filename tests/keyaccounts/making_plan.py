"""Account plans for tests, led to a wanted state through the program's own doors."""

from __future__ import annotations

from typing import Any

from accounts.models import Account
from acr_program.outbox.models import Message
from acr_program.people.models import User
from keyaccounts.choices_plan import Subject
from keyaccounts.models import AccountPlan, Membership
from keyaccounts.models.plan_row import Part
from keyaccounts.plan import confirming, writing
from keyaccounts.plan.beginning import begin_plan
from keyaccounts.plan.kinds import find
from tests.acting import fresh, office, take

from .making import a_membership

CELL = {
    "line": "Valves",
    "sector": "Chemicals",
    "chosen": "deliberate",
    "reason": "Our best margin.",
    "growth": "growing",
}
OPPORTUNITY = {"what": "A service contract for the new plant"}
GOAL = {"what": "All plants served by one team", "priority": 1}
WAYS = {
    "draft": (), "shared": ("share",), "agreed": ("share", "agree"), "in_force": ("share", "agree", "put_in_force"),
    "under_review": ("share", "agree", "put_in_force", "review"), "archived": ("archive",),
}  # fmt: skip


def a_plan(
    status: str = "draft", account: Account | None = None, *, membership: Membership | None = None, **of: Any
) -> Any:
    """The plan of an incubating account, in this state; `year` and `contact` (of the customer) where they are named."""
    membership = membership or a_membership("incubating", account)
    by = membership.account.manager
    plan = begin_plan(membership, by=by, year=of.get("year"))
    if status in ("draft", "archived"):
        return led(plan, status, **of)
    say_three(plan)
    return led(plan, status, **of)


def led(plan: AccountPlan, status: str, **of: Any) -> Any:
    for name in WAYS[status]:
        plan = one_step(plan, name, of.get("contact"))
    return fresh(plan)


def one_step(plan: AccountPlan, name: str, contact: Any = None) -> Any:
    by = plan.membership.account.manager
    if name == "share":
        return take(plan, "share", by, contact=contact)
    if name == "agree":
        confirmed(plan)
        return take(plan, "agree", office("manager"))
    if name == "review":
        return take(plan, "review", User.objects.clock())
    if name == "archive":
        return take(plan, "archive", office("manager"), comment="It is over.")
    return take(plan, name, office("manager"))


def confirmed(plan: AccountPlan, *subjects: str) -> Any:
    """What the customer confirmed in a meeting: all four where none is named."""
    by = plan.membership.account.manager
    return confirming.confirm(fresh(plan), subjects or Subject.values, by=by, who="Kim Kunde", how="meeting")


def say_three(plan: AccountPlan) -> None:
    """Direction, an opportunity and a goal: what a plan says before it is shared (N4.2)."""
    keep_text(plan, "blueprint", "The first supplier in every plant by 2028.")
    add(plan, "opportunities", **OPPORTUNITY)
    add(plan, "goals", **GOAL)


def add(plan: AccountPlan, kind: str, /, by: User | None = None, **said: Any) -> Any:
    """One row of this kind, as its form would write it."""
    which = find(kind)
    assert which is not None
    row = which.new(plan)
    for name in [one for one in said if one not in which.fields]:
        setattr(row, name, said.pop(name))
    return writing.add_row(plan, which, by=by or plan.membership.account.manager, row=row, mine=said)


def keep_text(plan: AccountPlan, part: str, text: str, by: User | None = None) -> Any:
    which, row = find("text"), Part.objects.get(plan=plan, key=part)
    assert which is not None
    by = by or plan.membership.account.manager
    return writing.keep_row(plan, which, row.pk, by=by, mine={"text": text}, read={"revision": row.revision})


def links_to(plan: AccountPlan) -> list[str]:
    """The private links mailed to the customer, in their order."""
    mails = Message.objects.filter(kind="account_plan", object_id=str(plan.pk))
    return [mail.private["url"] for mail in mails.order_by("created_at")]


def token_of(plan: AccountPlan) -> str:
    return links_to(plan)[-1].rstrip("/").rsplit("/", 1)[-1]


def with_mail(account: Account) -> Any:
    """The customer's main contact, who can be mailed."""
    contact = account.contacts.first()
    type(contact).objects.filter(pk=contact.pk).update(email="kim@customer.example")
    contact.refresh_from_db()
    return contact
