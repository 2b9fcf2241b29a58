"""What follows from the steps of accounts, in the same transaction."""

from __future__ import annotations

from accounts.models import Account
from acr_program.workflow.book import clock
from acr_program.workflow.derived import derives_from
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform
from acr_program.workflow.registry import after

from ..models import Membership


def account_closed(account: Account, entry: LogEntry) -> None:
    """A closed account takes no part any more, for the reason that closed it."""
    for membership in Membership.objects.live().filter(account=account):
        perform(membership, "withdraw", by=clock(), seen=None, inside=entry, comment=entry.comment)


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    after("account.close", account_closed)
    derives_from(
        Account, "name", "code", name="memberships", rows=lambda pks: Membership.objects.filter(account__in=pks)
    )
