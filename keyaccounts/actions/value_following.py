"""What follows for the customer from the steps of a membership, a statement, a value proposition (K-02, K-03, K-20, K-22)."""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import Account
from acr_program.charter.models import Function
from acr_program.workflow.book import click, clock, for_many
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform_many
from acr_program.workflow.registry import after

from ..choices_value import Occasion, StatementStatus, UnderstandingStatus
from ..models import Membership, Proposition, Statement
from ..models.statement import HEAR, SEND, WRITE
from . import statements
from .value import ask_functions

WRITTEN = {
    "start_incubation": Occasion.INCUBATION, "extend": Occasion.MORE_PROOF, "qualify": Occasion.QUALIFIED,
    "maintain": Occasion.MAINTAINED, "return_to_incubation": Occasion.RETURNED, "down_tier": Occasion.DOWN_TIERED,
}  # fmt: skip
ENDED = ("reject", "withdraw")
AWAITED = {StatementStatus.DRAFT: WRITE, StatementStatus.READY: SEND, StatementStatus.SENT: HEAR}


def writes(occasion: str) -> Callable[[Membership, LogEntry], None]:
    """The customer gets in writing what the step means for them."""

    def follow(membership: Membership, entry: LogEntry) -> None:
        statements.write(membership, occasion, entry)

    return follow


def end_statements(membership: Membership, entry: LogEntry) -> None:
    """Nothing is expected of the customer any more; whatever was sent opens nothing."""
    perform_many(Statement.objects.current().filter(membership=membership), "end", by=clock(), inside=entry)


def follow_managers(accounts: list[Account], entries: list[LogEntry]) -> None:
    """What is still to be told or heard waits with whoever has the account now."""
    given = [one.pk for one, entry in zip(accounts, entries, strict=True) if "manager" in entry.changed]
    if not given:
        return
    rows = Statement.objects.filter(membership__account__in=given, status__in=AWAITED)
    with click() as book:
        for one in rows.select_related(*Statement.READS):
            book.close(one)
            book.open(one, AWAITED[one.status])


@for_many(follow_managers)
def follow_manager(account: Account, entry: LogEntry) -> None:
    follow_managers([account], [entry])


def ask_to_know(proposition: Proposition, entry: LogEntry) -> None:
    """Whoever answers for the functions that were chosen is asked to confirm (K-03)."""
    chosen = entry.detail.data.get("functions", ()) if hasattr(entry, "detail") else ()
    wanted = Function.objects.filter(pk__in=chosen).select_related("contributor")
    ask_functions(proposition, wanted, by=entry.by)


def ask_no_more(proposition: Proposition, entry: LogEntry) -> None:
    """Nobody is asked about a version that is replaced."""
    rows = proposition.understandings.filter(status=UnderstandingStatus.ASKED)
    perform_many(rows, "lapse", by=clock(), inside=entry)


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    for step, occasion in WRITTEN.items():
        after(f"membership.{step}", writes(occasion))
    for step in ENDED:
        after(f"membership.{step}", end_statements)
    after("account.edit", follow_manager)
    for step in ("send", "send_again"):
        after(f"statement.{step}", statements.post_statement)
    after("statement.send", statements.now_told)
    after("statement.confirm", statements.now_confirmed)
    after("statement.confirm_said", statements.now_confirmed)
    after("statement.end", statements.close_links)
    after("proposition.publish", ask_to_know)
    after("proposition.replace", ask_no_more)
