"""Value propositions, statements and what customers know, led to a wanted state through the program's own doors."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from acr_program.outbox.models import Message
from acr_program.people.models import User
from keyaccounts import value_content
from keyaccounts.actions import value as acts
from keyaccounts.models import Knowing, Membership, Proposition, Statement
from tests.acting import fresh, make_user, office, take
from tests.factories import make_account

from .making import a_membership, a_tier, led, ungated

WORDS = {
    "promise": "One person who answers within a day.",
    "does": "A team of their own\nPrices for three years",
    "does_not": "No changes to products for one customer\nNo credit beyond sixty days",
}
PROOF = {"words": "Late deliveries halved in a year", "source": "Order system", "on": date(2025, 6, 30)}
CONFIRMS = {"who": "Kim Kunde", "said": "What counts as a satisfied user?"}


def a_proposition(status: str = "in_force", *, functions: Any = (), proofs: int = 1, **of: Any) -> Proposition:
    """A version for a tier (`tier`), for an account (`account`) or for all, with what shows it."""
    made = acts.begin_proposition(by=office("manager"), **(WORDS | of))
    for _n in range(proofs):
        made = acts.keep_proof(made, by=office("manager"), seen=fresh(made).version, **PROOF)
    if status == "discarded":
        return take(made, "discard", office("manager"))
    return take(made, "publish", office("manager"), functions=functions) if status == "in_force" else fresh(made)


def a_line(title: str = "Revenue", met: bool | None = False, value: str | None = "€ 410,000", words: str = "") -> Any:
    """A requirement as incubation tells it."""
    measure = SimpleNamespace(title=title, words=words)
    return SimpleNamespace(measure=measure, target="at least € 500,000", value=value, date=date(2026, 9, 30), met=met)


def stands(monkeypatch: Any, **by_kind: list[Any]) -> None:
    """Let every account stand like this: `stands(monkeypatch, entry=[a_line()], maintain=[…])`."""
    monkeypatch.setattr(value_content, "_standing", [lambda _membership, kind: by_kind.get(kind, [])])


def a_way(name: str = "start_incubation", status: str = "incubator_nominated", **of: Any) -> Membership:
    """A membership that has just taken this step; what the parts of the programme ask before it is not asked."""
    account = of.pop("account", None)
    row = a_membership(status, account)
    with ungated():
        return led_on(row, name, **of)


def led_on(row: Membership, name: str, **of: Any) -> Membership:
    with ungated():
        if not of:
            return led(row, name, a_tier())
        chair = row.programme.chair or make_user("executive")
        return take(row, name, chair, comment="As the panel decided.", **of)


def the_statement(membership: Membership) -> Statement:
    """The one that holds now."""
    return Statement.objects.current().get(membership=membership)


def a_statement(status: str = "sent", **of: Any) -> Statement:
    """What a customer was told when its incubation began; unsent where nobody at the customer can be mailed."""
    account = of.pop("account", None) or make_account()
    if status == "ready":
        account.contacts.update(email="")
    made = the_statement(a_way(account=account, **of))
    return take(made, "confirm", User.objects.customer(), **CONFIRMS) if status == "confirmed" else made


def a_farewell(status: str = "draft", account: Any = None) -> Statement:
    """What a customer is told whose status ends, with its hand-over plan."""
    made = the_statement(a_membership("down_tiered", account))
    rep = made.membership.account.manager
    if status != "draft":
        made = take(made, "submit", rep, **plan_for(rep))
    if status in ("ready", "sent"):
        made = take(made, "approve", office("manager"))
    if status == "sent":
        contact = made.membership.account.contacts.first()
        made = take(made, "send", rep, how="mail", contact=contact)
    return made


def plan_for(person: User) -> dict[str, Any]:
    return {
        "message": "From March on your contact is our service team.", "handover": "Open orders run on; prices end in May.",
        "to_person": person, "handed_over_on": date(2027, 3, 1),
    }  # fmt: skip


def known_by(membership: Membership) -> Knowing:
    return Knowing.objects.get(membership=membership)


def links_to(statement: Statement) -> list[str]:
    """The private links mailed to the customer, in their order."""
    mails = Message.objects.filter(kind__in=["expectations", "farewell"], object_id=str(statement.pk))
    return [mail.private["url"] for mail in mails.order_by("created_at")]
