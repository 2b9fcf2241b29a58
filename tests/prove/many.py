"""Acts on many rows, by a list or by a rule; and files on their way in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType

from acr_program.bulk.actions import keep, looked_at, steps_of
from acr_program.bulk.choices import Outcome
from acr_program.bulk.models import Bulk, BulkRow, BulkRun
from acr_program.files.models import StoredFile
from acr_program.intake.models import Batch, Mapping, Work
from acr_program.workflow.log import LogEntry
from reviews.models import ReviewRequest
from tests.factories import make_account, make_year
from tests.intake.batches import make_batch, make_mapping
from tests.intake.files import ACCOUNTS, account, checked, table

from .company import Company
from .forms import Form, review
from .pages import Page, Sent, sent


def many(company: Company) -> Iterator[Page]:
    """Chosen, confirmed, called off; what is set going is one job."""
    admin, manager = company.people["admin"], company.people["manager"]

    def looked() -> Bulk:
        """One submitted request, looked at for being accepted."""
        kind = ContentType.objects.get_for_model(ReviewRequest)
        bulk = Bulk(person=admin, step="accept", content_type=kind, list_name="requests")
        return keep(bulk, looked_at(bulk, [review(company, "submitted")], steps_of(ReviewRequest)["accept"], admin))

    def choose() -> Sent:
        request = review(company, "submitted")
        rows = Bulk.objects.filter(person=admin), BulkRow.objects.filter(object_id=request.pk, bulk__person=admin)
        return sent("bulk:choose", "requests", rows=rows, step="accept", pick=[request.pk])

    def confirm() -> Sent:
        bulk = looked()
        rows = Bulk.objects.filter(pk=bulk.pk, confirmed_at=None), BulkRun.objects.filter(bulk=bulk)
        return sent("bulk:confirm", bulk.pk, rows=rows)

    def cancel() -> Sent:
        bulk = looked()
        rows = Bulk.objects.filter(pk=bulk.pk, ended_at=None), bulk.rows.filter(outcome=Outcome.LEFT)
        return sent("bulk:cancel", bulk.pk, rows=rows)

    def yearly() -> Sent:
        rows = Bulk.objects.filter(person=manager, act="reviews.yearly")
        asked = {"audience": "executive", "customer_months": 12, "since_months": 10, "spare_held": "on"}
        return sent("reviews:yearly", rows=rows, year=make_year().pk, **asked)

    yield Page("bulk:choose", "admin", choose)
    yield Page("bulk:confirm", "admin", confirm)
    yield Page("bulk:cancel", "admin", cancel)
    yield Page("reviews:yearly", "manager", yearly)


def imports(company: Company) -> Iterator[Page]:
    """A file sent, its columns named, similar rows decided, a mapping forgotten."""
    admin = company.people["admin"]

    def new() -> Sent:
        begun = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Batch), step="create")
        rows = Batch.objects.all(), begun, Work.objects.filter(task="look"), StoredFile.objects.all()
        file = table(ACCOUNTS, [account("N1", "Sent by a form")])
        return sent("intake:new", rows=rows, kind="accounts", mapping="", files={"file": ("new.csv", file)})

    def columns() -> Sent:
        batch = make_batch("mapping", admin)
        named = {f"column-{at}": batch.columns.get(heading, "") for at, heading in enumerate(ACCOUNTS)}
        rows = Mapping.objects.filter(name="Weekly"), jobs(batch), batch.log().filter(step="check_rows")
        typed = {**named, "dates": "ymd", "clear": "on", "remember": "Weekly"}
        return sent("intake:columns", batch.pk, of=batch, rows=rows, **typed)

    def decide() -> Sent:
        make_account(name="Müller & Co. GmbH", manager=company.people["rep"])
        batch = checked(table(ACCOUNTS, [account("S1", "Muller Co")]), "accounts", admin)
        similar = batch.rows.get(outcome="similar")
        return sent("intake:decide", batch.pk, rows=batch.rows.filter(choice="skip"), pick=[similar.pk], choice="skip")

    def forget() -> Sent:
        return sent("intake:forget", make_mapping(admin).pk, rows=Mapping.objects.all())

    yield Page("intake:new", "admin", new)
    yield Page("intake:columns", "admin", columns)
    yield Page("intake:decide", "admin", decide)
    yield Page("intake:forget", "admin", forget)


def batches(company: Company) -> Iterator[Form]:
    """The steps of a file on its way in; each but dropping it asks for one job."""
    admin = company.people["admin"]
    stands = {"check_rows": "mapping", "take_in": "ready", "undo": "taken_in"}
    for name, status in stands.items():
        yield Form(f"batch.{name}", "admin", lambda status=status: make_batch(status, admin), rows=jobs)
    yield Form("batch.drop", "admin", lambda: make_batch("mapping", admin))


def jobs(batch: Batch) -> Any:
    return Work.objects.filter(batch=batch)
