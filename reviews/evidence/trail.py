"""The log of a review or an account as rows that `bin/check-log` proves offline (features, 87)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from accounts.models import Account
from acr_program.workflow.log import LogEntry
from acr_program.workflow.machine import Machine
from reviews.models import InformationRequest, ReviewRequest

from .parts import Reader

FACTS = ("type", "object", "version", "step", "before", "after", "by", "for", "at", "key", "account", "detail")
HEADS = ("thing", "done_by", *FACTS, "previous", "hash", "salt", "comment", "data")
NOTE = "note"  # the field of a section that is for the office alone


def stamp(moment: Any) -> str:
    """A moment as evidence has it: the same whoever reads it, and on whatever day."""
    return f"{localtime(moment):%Y-%m-%d %H:%M:%S %Z}" if moment else ""


def kinds() -> list[type[Machine]]:
    """Every machine that belongs to a request, whichever app it stands in."""
    return [ReviewRequest, *(model for model in apps.get_models() if issubclass(model, Machine) and of_request(model))]


def of_request(model: Any) -> bool:
    return any(field.name == "request" and field.related_model is ReviewRequest for field in model._meta.fields)


def of_reviews(reviews: Iterable[ReviewRequest]) -> QuerySet[LogEntry]:
    """All that was done to these reviews and to what belongs to them, thing by thing, from its first row on."""
    keys, wanted = [review.pk for review in reviews], Q(pk__in=[])
    for model in kinds():
        path = "pk__in" if model is ReviewRequest else "request__in"
        things = model._default_manager.filter(**{path: keys}).order_by().values("pk")
        wanted |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=things)
    return in_chains(LogEntry.objects.filter(wanted))


def of_account(account: Account) -> QuerySet[LogEntry]:
    """All that was done to what ever was of this account: whole chains, also of what was another's before."""
    same = LogEntry.objects.filter(
        content_type=OuterRef("content_type"), object_id=OuterRef("object_id"), account_id=account.pk
    )
    return in_chains(LogEntry.objects.filter(Exists(same)))


def in_chains(entries: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
    told = entries.select_related("by", "on_behalf_of", "detail", "content_type")
    return told.order_by("content_type_id", "object_id", "version")


def row(entry: LogEntry, reader: Reader) -> dict[str, Any]:
    """All that the hash covers, who that was by name, and what was said where this reader may read it.

    Words are covered by their digest alone, so a row from which they are left out is proved as well.
    """
    detail = getattr(entry, "detail", None)
    said = {"salt": detail.salt, "comment": detail.comment, "data": detail.data} if detail else None
    return {
        "thing": f"{entry.content_type.model} {entry.object_id}", "done_by": entry.by_name, "facts": entry.facts(),
        "previous": entry.previous, "hash": entry.hash, "said": None if hidden(entry, reader) else said,
    }  # fmt: skip


def hidden(entry: LogEntry, reader: Reader) -> bool:
    """Whether these words hold a note that is kept among ourselves, and the reader is not of those."""
    if reader.internal or entry.content_type.model_class() is not InformationRequest:
        return False
    return NOTE in (entry.detail.data if hasattr(entry, "detail") else {}) or NOTE in entry.changed


def lines(entries: QuerySet[LogEntry], reader: Reader) -> Iterator[str]:
    """One JSON text a row."""
    for entry in entries.iterator(chunk_size=1000):
        yield json.dumps(row(entry, reader), ensure_ascii=False, sort_keys=True, default=str) + "\n"


def as_csv(entries: QuerySet[LogEntry], reader: Reader) -> Iterator[str]:
    """The same rows under heads. No formula can begin a cell: every text that might is led by an apostrophe."""
    yield line(HEADS)
    for entry in entries.iterator(chunk_size=1000):
        told = row(entry, reader)
        said = told["said"] or {"salt": "", "comment": "", "data": ""}
        data = json.dumps(said["data"], ensure_ascii=False, sort_keys=True) if told["said"] else ""
        facts = ("" if told["facts"][name] is None else told["facts"][name] for name in FACTS)
        yield line([told["thing"], told["done_by"], *facts, told["previous"], told["hash"], said["salt"],
                    said["comment"], data])  # fmt: skip


def line(cells: Iterable[Any]) -> str:
    book = io.StringIO(newline="")
    csv.writer(book, lineterminator="\n").writerow([plain(cell) for cell in cells])
    return book.getvalue()


def plain(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "'", "\t", "\r") else cell


def write(told: Iterator[str], file: IO[bytes]) -> int:
    """How many rows were written."""
    number = 0
    for text in told:
        number += file.write(text.encode()) > 0
    return number
