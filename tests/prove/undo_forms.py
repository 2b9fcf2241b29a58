"""The forms that take something back: one act of one's own, and a whole act on many rows."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType

from acr_program.bulk.actions import confirm
from acr_program.bulk.models import Bulk, BulkRow, BulkRun
from acr_program.bulk.working import work
from acr_program.workflow.log import LogEntry
from tests.factories import make_account, take

from .company import Company
from .forms import COMMENT
from .pages import Page, Sent, sent


def undo_pages(company: Company) -> Iterator[Page]:
    yield Page("workflow:undo", "manager", lambda: one(company))
    yield Page("bulk:undo", "manager", lambda: many(company))


def one(company: Company) -> Sent:
    """An account flagged a moment ago: taken back once, it has recovered once."""
    account = take(make_account(manager=company.people["rep"]), "flag_risk", company.people["manager"], **COMMENT)
    recovered = LogEntry.objects.of(account).filter(step="recover")
    return sent("workflow:undo", account.taken.entry.pk, rows=recovered)


def many(company: Company) -> Sent:
    """Accounts flagged as one act, which has ended: one look at what would go back."""
    bulk = flagged(company)
    return sent("bulk:undo", bulk.pk, rows=Bulk.objects.filter(act="undo", data__of=str(bulk.pk)))


def flagged(company: Company) -> Bulk:
    accounts = [make_account(manager=company.people["rep"]) for _ in range(2)]
    bulk = Bulk.objects.create(
        person=company.people["manager"], step="flag_risk", list_name="accounts",
        content_type=ContentType.objects.get_for_model(accounts[0]),
    )  # fmt: skip
    for place, account in enumerate(accounts):
        BulkRow.objects.create(
            bulk=bulk, place=place, object_id=account.pk, label=str(account), seen=account.version, outcome="open"
        )
    confirm(bulk, **COMMENT)
    run = BulkRun.claim(BulkRun.objects.get(bulk=bulk).pk)
    assert run is not None
    work(run)
    bulk.refresh_from_db()
    return bulk
