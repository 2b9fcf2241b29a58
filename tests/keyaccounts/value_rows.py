"""A record of each kind of what customers get, are told and know, in each of its states; of a representative that is named."""

from __future__ import annotations

from typing import Any

from accounts.models import Account
from acr_program.people.models import User
from acr_program.workflow.edit import begin
from keyaccounts.actions import value as acts
from keyaccounts.models import Knowing, Proposition, Statement, Understanding
from tests.acting import make_user, office, take
from tests.factories import make_account, make_function

from .making_value import a_farewell, a_proposition, a_statement, known_by, links_to


def a_rep() -> User:
    return make_user("rep", reports_to=make_user("leader"))


def with_account(rep: User) -> Account:
    return make_account(manager=rep)


def asked_of(person: User, status: str = "asked", account: Account | None = None) -> Understanding:
    """Whether a function knows what customers get; about an account's own value where one is named."""
    of = a_proposition(functions=[make_function(contributor=person)], account=account or with_account(make_user("rep")))
    asked = of.understandings.get()
    if status == "confirmed":
        return take(asked, "confirm", person, words="We pick up the telephone first.")
    return take(asked, "lapse", User.objects.clock()) if status == "over" else asked


def another_answers(person: User | None = None) -> Understanding:
    """The function is answered for by somebody else since it was asked."""
    asked = asked_of(person or make_user("contributor"))
    asked.function.contributor = make_user("contributor")
    asked.function.save()
    return Understanding.objects.for_page().get(pk=asked.pk)


def records(who: dict[str, User], side: str) -> dict[str, Any]:
    """Rita's, or Otto's: a statement that was sent, what its customer knows, and a value of an account's own."""
    rep, writer = ("rep", "contributor") if side == "own" else ("other rep", "other contributor")
    statement = a_statement(account=with_account(who[rep]))
    of = a_proposition(account=with_account(who[rep]))
    understanding = asked_of(who[writer])
    return {
        "statement": statement, "knowing": known_by(statement.membership), "proposition": of,
        "proofpoint": of.proofs.get(), "understanding": understanding,
    }  # fmt: skip


def a_version(status: str, **of: Any) -> Proposition:
    """A version in this state."""
    if status == "replaced":
        before = a_proposition(**of)
        take(acts.write_next(before, by=office("manager")), "publish", office("manager"))
        return Proposition.objects.get(pk=before.pk)
    return a_proposition(status, **of)


def told(status: str, rep: User) -> Statement:
    """A statement of an account of this representative's, in this state."""
    if status in ("draft", "to_approve"):
        return a_farewell(status, account=with_account(rep))
    if status == "over":
        return take(a_statement(account=with_account(rep)), "end", User.objects.clock())
    return a_statement(status, account=with_account(rep))


def an_unwritten(rep: User) -> Statement:
    """What is expected of a customer, before the clock has written it."""
    membership = a_statement(account=with_account(rep)).membership
    take(Statement.objects.current().get(membership=membership), "end", User.objects.clock())
    return begin(Statement(membership=membership, occasion="anew"), by=User.objects.clock())


def known(status: str, rep: User) -> Knowing:
    way = {"unknown": "ready", "told": "sent", "confirmed": "confirmed"}[status]
    return known_by(a_statement(way, account=with_account(rep)).membership)


def states(who: dict[str, User]) -> dict[str, list[Any]]:
    rep = who["rep"]
    return {
        "proposition": [a_version(one, account=with_account(rep)) for one in ("draft", "in_force", "replaced", "discarded")],
        "understanding": [asked_of(who["contributor"], one) for one in ("asked", "confirmed", "over")],
        "knowing": [known(one, rep) for one in ("unknown", "told", "confirmed")],
        "statement": [told(one, rep) for one in ("draft", "to_approve", "ready", "sent", "confirmed", "over")],
    }  # fmt: skip


def token_of(statement: Statement) -> str:
    return links_to(statement)[-1].rstrip("/").rsplit("/", 1)[-1]
