"""The forms of incubation: each as it is sent, and what comes of it once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from keyaccounts.models import Checkpoint, Standard, Waiver
from tests.prove.forms import COMMENT, Form
from tests.prove.sending import Page, Sent, sent

from .incubation_rows import a_checkpoint, a_cycle, a_draft, a_proof, a_spending, a_third
from .making_incubation import a_standard

if TYPE_CHECKING:
    from tests.prove.company import Company

MEASURE: dict[str, Any] = {
    "kind": "requirement", "title": "Orders a year", "origin": "orders", "direction": "at_least", "entry_target": "12",
    "maintain_target": "8",
}  # fmt: skip


def typed_actuals(row: Checkpoint) -> dict[str, Any]:
    """Each figure that people say, with its source, as it is typed."""
    said: dict[str, Any] = {"comment": "As agreed."}
    for one in row.told_measures:
        said |= {f"value_{one.pk}": "3", f"source_{one.pk}": "Ledger"}
    return said


def forms(company: Company) -> Iterator[Form]:
    rep = company.people["rep"]
    yield Form("standard.publish", "manager", a_draft)
    yield Form("standard.discard", "manager", a_draft)
    lifted = COMMENT | {"money": "100"}
    yield Form("incubationcycle.lift", "executive", lambda: a_cycle(rep), lifted, lambda of: of.waivers.all())
    yield Form("checkpoint.ask", "manager", lambda: a_checkpoint(rep, "ahead"))
    yield Form("checkpoint.answer", "rep", lambda: a_checkpoint(rep), typed_actuals)
    yield Form("checkpoint.correct", "rep", lambda: a_checkpoint(rep, "answered"), typed_actuals)


def pages(company: Company) -> Iterator[Page]:
    yield from standard_pages()
    yield from book_pages(company)


def standard_pages() -> Iterator[Page]:
    def begun() -> Sent:
        a_standard()
        Standard.objects.filter(status="draft").delete()
        return sent("keyaccounts:begin-standard", rows=Standard.objects.all())

    def added() -> Sent:
        of = a_draft()
        return sent("keyaccounts:add-measure", of.pk, of=of, rows=of.measures.all(), **MEASURE)

    def changed() -> Sent:
        of = a_draft()
        return sent("keyaccounts:measure", of.pk, of.measures.all()[0].pk, of=of, **MEASURE | {"title": "Said anew"})

    def removed() -> Sent:
        of = a_draft()
        return sent("keyaccounts:remove-measure", of.pk, of.measures.all()[1].pk, of=of)

    yield Page("keyaccounts:begin-standard", "manager", begun)
    yield Page("keyaccounts:add-measure", "manager", added)
    yield Page("keyaccounts:measure", "manager", changed)
    yield Page("keyaccounts:remove-measure", "manager", removed)


def book_pages(company: Company) -> Iterator[Page]:
    rep, day = company.people["rep"], localdate().isoformat()

    def spent() -> Sent:
        of = a_cycle(rep)
        return sent("keyaccounts:spend", of.pk, of=of, rows=of.spendings.all(), what="A fair", money="100", on=day)

    def settled() -> Sent:
        row = a_spending(rep)
        return sent("keyaccounts:settle", row.pk, of=fresh_cycle(row), money="90", on=day)

    def released() -> Sent:
        row = a_spending(rep)
        return sent("keyaccounts:release-planned", row.pk, of=fresh_cycle(row), comment="Not needed.")

    def allowed() -> Sent:
        of = a_third(rep)
        rows = Waiver.objects.filter(membership=of)
        return sent("keyaccounts:another", of.pk, of=of, rows=rows, reason="Their plant opens.")

    def shown() -> Sent:
        row = a_proof(rep)
        return sent("keyaccounts:missing-proof", row.pk, of=row.cycle, shown="The invoices of May.")

    yield Page("keyaccounts:spend", "rep", spent)
    yield Page("keyaccounts:settle", "rep", settled)
    yield Page("keyaccounts:release-planned", "rep", released)
    yield Page("keyaccounts:another", "executive", allowed)
    yield Page("keyaccounts:missing-proof", "rep", shown)


def fresh_cycle(row: Any) -> Any:
    return type(row.cycle)._default_manager.get(pk=row.cycle_id)
