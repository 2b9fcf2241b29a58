"""The forms about what customers get, are told and know: each as it is sent, and what comes of it once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from acr_program.exports.models import Export
from acr_program.people.models import User
from keyaccounts.models import ProofPoint, Proposition, Statement
from keyaccounts.value_letter import LETTER
from tests.acting import numbers
from tests.prove.forms import COMMENT, Form
from tests.prove.sending import Page, Sent, sent

from .making import a_membership, a_tier
from .making_value import PROOF, WORDS, a_proposition, a_statement, plan_for
from .value_rows import another_answers, asked_of, known, told, with_account

if TYPE_CHECKING:
    from tests.prove.company import Company

SAID = {"who": "Kim Kunde", "how": "phone", "on": localdate()}


def forms(company: Company) -> Iterator[Form]:
    rep = company.people["rep"]

    def of(status: str, about: Callable[[str, User], Any] = told) -> Callable[[], Any]:
        return lambda: about(status, rep)

    day = localdate().isoformat()
    yield Form("proposition.publish", "manager", lambda: a_proposition("draft", account=with_account(rep)))
    yield Form("proposition.discard", "manager", lambda: a_proposition("draft", account=with_account(rep)))
    words = {"words": "We pick up the telephone first."}
    yield Form("understanding.confirm", "contributor", lambda: asked_of(company.people["contributor"]), words)
    yield Form("understanding.hand_on", "manager", another_answers)
    said = SAID | {"on": day}
    yield Form("knowing.tell", "rep", of("unknown", known), {"whom": "Kim Kunde", "how": "phone", "on": day})
    yield Form("knowing.confirm", "rep", of("told", known), said)
    plan = plan_for(rep) | {"to_person": rep.pk, "handed_over_on": "2027-03-01"}
    yield Form("statement.submit", "rep", of("draft"), plan)
    yield Form("statement.hand_back", "manager", of("to_approve"), COMMENT)
    yield Form("statement.approve", "manager", of("to_approve"))
    for name, status in (("send", "ready"), ("send_again", "sent")):
        yield Form(f"statement.{name}", "rep", of(status), lambda one: a_letter(one, day))
    yield Form("statement.confirm_said", "rep", of("sent"), said)


def a_letter(statement: Statement, day: str) -> dict[str, Any]:
    return {"how": "letter", "contact": statement.membership.account.contacts.first().pk, "on": day}


def pages(company: Company) -> Iterator[Page]:
    rep = company.people["rep"]
    yield from begun_pages(rep)
    yield from draft_pages(rep)
    yield from told_pages(rep)


def begun_pages(rep: User) -> Iterator[Page]:
    rows = Proposition.objects.all()

    def begun() -> Sent:
        tier = a_tier(f"Tier {next(numbers)}")
        return sent("keyaccounts:new-proposition", rows=rows, tier=tier.pk, **WORDS)

    def own() -> Sent:
        membership = a_membership("incubating", with_account(rep))
        return sent("keyaccounts:own-proposition", membership.pk, rows=rows, **WORDS)

    def next_one() -> Sent:
        return sent("keyaccounts:next-proposition", a_proposition(account=with_account(rep)).pk, rows=rows)

    yield Page("keyaccounts:new-proposition", "manager", begun)
    yield Page("keyaccounts:own-proposition", "rep", own)
    yield Page("keyaccounts:next-proposition", "manager", next_one)


def draft_pages(rep: User) -> Iterator[Page]:
    proof = PROOF | {"on": "2025-06-30"}

    def draft() -> Proposition:
        return a_proposition("draft", account=with_account(rep))

    def reworded() -> Sent:
        of = draft()
        return sent("keyaccounts:reword-proposition", of.pk, of=of, **(WORDS | {"promise": "Within an hour."}))

    def added() -> Sent:
        of = draft()
        return sent("keyaccounts:add-proof", of.pk, of=of, rows=ProofPoint.objects.all(), **proof)

    def changed() -> Sent:
        of = draft()
        return sent("keyaccounts:proof", of.proofs.get().pk, of=of, **(proof | {"words": "Halved."}))

    def dropped() -> Sent:
        of = draft()
        return sent("keyaccounts:drop-proof", of.proofs.get().pk, of=of)

    yield Page("keyaccounts:reword-proposition", "manager", reworded)
    yield Page("keyaccounts:add-proof", "manager", added)
    yield Page("keyaccounts:proof", "manager", changed)
    yield Page("keyaccounts:drop-proof", "manager", dropped)


def told_pages(rep: User) -> Iterator[Page]:
    def written() -> Sent:
        membership = a_statement(account=with_account(rep)).membership
        return sent("keyaccounts:write-statement", membership.pk, rows=Statement.objects.all())

    def printed() -> Sent:
        statement = a_statement(account=with_account(rep))
        return sent("keyaccounts:letter", statement.pk, rows=Export.objects.filter(list_name=LETTER))

    yield Page("keyaccounts:write-statement", "rep", written)
    yield Page("keyaccounts:letter", "rep", printed)
