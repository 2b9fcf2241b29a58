"""Files as sources hand them over, made in the test; and the way through pages and shell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from acr_program.intake import actions
from acr_program.intake.models import Batch
from acr_program.jobs.work import drain
from acr_program.people.models import User
from acr_program.workflow.perform import perform

ACCOUNTS = (
    "customer_id",
    "company_name",
    "city",
    "country",
    "account_manager_email",
    "first_order",
    "contact_name",
    "phone",
)
LINES = (
    "order_id",
    "line",
    "customer_id",
    "order_date",
    "required_date",
    "shipped_date",
    "product",
    "category",
    "quantity",
    "unit_price",
    "discount",
)


def table(headings: Sequence[str], rows: Iterable[Sequence[Any]], encoding: str = "utf-8", **form: Any) -> bytes:
    """A CSV file."""
    out = io.StringIO()
    csv.writer(out, **form).writerows([headings, *rows])
    return out.getvalue().encode(encoding)


def workbook(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """An XLSX workbook; texts that begin with = stay texts."""
    import openpyxl  # for those alone who make one: what an import takes is measured beside these helpers

    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in [headings, *rows]:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def account(code: str, name: str, **more: str) -> list[str]:
    row = {"customer_id": code, "company_name": name, "country": "Germany"} | more
    return [row.get(heading, "") for heading in ACCOUNTS]


def line(number: str, of: str, **more: str) -> list[str]:
    row = {
        "order_id": number, "line": "1", "customer_id": of, "order_date": "2026-01-15", "required_date": "2026-02-15",
        "shipped_date": "2026-02-01", "product": "Chai", "category": "Beverages", "quantity": "10", "unit_price": "18",
        "discount": "0",
    } | more  # fmt: skip
    return [row[heading] for heading in LINES]


def checked(data: bytes, kind: str, by: User, name: str = "file.csv", **more: Any) -> Batch:
    """Uploaded, looked at, and checked."""
    batch = actions.upload(data, name, kind, by=by, **more)
    drain(["intake.Work"])
    batch = fresh(batch)
    if batch.status == "mapping":
        batch = actions.read_as(batch, batch.columns, batch.options, by=by, seen=batch.version)
        drain(["intake.Work"])
    return fresh(batch)


def fresh(batch: Batch) -> Batch:
    return Batch.objects.get(pk=batch.pk)


def take(batch: Batch, name: str, by: User) -> Batch:
    """A step and the job that follows from it."""
    batch = perform(fresh(batch), name, by=by, seen=fresh(batch).version)
    drain(["intake.Work"])
    return fresh(batch)


def taken_in(data: bytes, kind: str, by: User, name: str = "file.csv", **more: Any) -> Batch:
    return take(checked(data, kind, by, name, **more), "take_in", by)


def upload(client: Client, data: bytes, kind: str, name: str = "file.csv", **more: Any) -> Any:
    """The file sent through the page."""
    return client.post("/intake/new/", {"kind": kind, "file": SimpleUploadedFile(name, data), **more}, follow=True)


def outcomes(batch: Batch) -> dict[int, tuple[str, str]]:
    """What becomes of each row, and why."""
    return {row.number: (row.outcome, row.reason) for row in batch.rows.order_by("number")}
