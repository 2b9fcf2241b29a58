"""Working rows off: each in its own transaction with its result, so that a killed worker leaves none half done or done twice."""

from __future__ import annotations

from time import monotonic

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from acr_program.jobs.faults import fault
from acr_program.people.models import User
from acr_program.workflow.errors import Refused

from .choices import Outcome
from .models import Bulk, BulkRow, BulkRun

ENOUGH = 12.0  # seconds of a lease of twenty: a slow row must still fit behind them


def work(run: BulkRun) -> None:
    """The rows that are still open, until all are done or the time is up; then the next run takes over."""
    bulk, until = run.bulk, monotonic() + ENOUGH
    by = User.objects.get(pk=bulk.person_id)
    if not by.is_active:
        leave(bulk, _("Whoever asked for this may not sign in any more."))
    for pk in bulk.rows.filter(outcome=Outcome.OPEN).values_list("pk", flat=True):
        take(bulk, pk, by)
        fault("between_rows")
        if monotonic() > until:
            break
    with run.settle():
        if bulk.rows.filter(outcome=Outcome.OPEN).exists():
            BulkRun.ask(bulk)
        else:
            end(bulk)


def take(bulk: Bulk, pk: int, by: User) -> None:
    """One row, if nobody else has done it and it was not called off meanwhile: effect and result stand or fall together."""
    with transaction.atomic():
        row = BulkRow.objects.select_for_update(no_key=True).filter(pk=pk, outcome=Outcome.OPEN).first()
        if row is None:
            return
        try:
            with transaction.atomic():
                row.says, row.outcome = bulk.kind.take(bulk, row, by), Outcome.DONE
        except Refused as refusal:
            row.says, row.outcome = refusal.sentence, Outcome.REFUSED
        except PermissionDenied as refusal:
            row.says, row.outcome = str(refusal), Outcome.REFUSED
        row.save(update_fields=["outcome", "says", "data", "url"])
        fault("before_row_commit")


def end(bulk: Bulk) -> None:
    """Every row has its result: said once."""
    if Bulk.objects.filter(pk=bulk.pk, ended_at=None).update(ended_at=now()):
        bulk.kind.ended(bulk, list(bulk.rows.filter(outcome=Outcome.DONE)))


def leave(bulk: Bulk, sentence: str) -> None:
    """Begin no more rows; those that are done stay done."""
    with transaction.atomic():
        bulk.rows.filter(outcome=Outcome.OPEN).update(outcome=Outcome.LEFT, says=sentence)
        end(bulk)
