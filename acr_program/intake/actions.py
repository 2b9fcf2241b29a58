"""What people do with imports beside their steps: upload, name the columns, decide about the similar, remember a mapping."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from acr_program.files.errors import NotKept
from acr_program.files.store import store
from acr_program.people.models import User
from acr_program.workflow.edit import begin, edit
from acr_program.workflow.errors import Refused
from acr_program.workflow.perform import perform

from . import guessing
from .choices import BatchStatus, Outcome, Task
from .kinds import kind_of
from .models import Batch, Mapping, Work
from .reading import LIMITS, refusal

KINDS = {b"PK\x03\x04": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def upload(
    data: bytes, name: str, kind: str, *, by: User, mapping: Mapping | None = None, options: dict[str, Any] | None = None,
    columns: dict[str, str] | None = None,
) -> Batch:  # fmt: skip
    """Keep the file, and have it looked at."""
    check(kind, by)
    if len(data) > LIMITS.file:
        raise Refused(refusal("size", {"mb": LIMITS.file >> 20}).sentence)
    if not data.strip():
        raise Refused(refusal("empty").sentence)
    try:
        file = store(data, KINDS.get(data[:4], "text/csv"))
    except NotKept as error:
        raise Refused(error.sentence) from error
    with transaction.atomic():
        fresh = Batch(
            kind=kind, file=file, file_name=name[-200:], mapping=mapping, options=options or {}, columns=columns or {},
            uploaded_by=by,
        )  # fmt: skip
        batch = begin(fresh, by=by)
        Work.ask(batch, Task.LOOK, by)
    return batch


def check(kind: str, by: User) -> None:
    may = kind_of(kind).may
    if not may(by):
        raise PermissionDenied(_("Files are imported by %(who)s.") % {"who": may.title})


def read_as(batch: Batch, columns: dict[str, str], options: dict[str, Any], *, by: User, seen: int | None) -> Batch:
    """Say what the columns are and how the file is written, and have its rows checked."""
    check(batch.kind, by)
    if sentences := guessing.unclear(
        batch.of, columns | {f" {name}": name for name in options.get("fixed") or {}}, options
    ):
        raise Refused(" ".join(sentences))
    with transaction.atomic():
        batch = edit(batch, seen=seen, by=by, columns=columns, options=options)
        return perform(batch, "check_rows", by=by, seen=batch.version)


def remember(batch: Batch, name: str, *, by: User) -> Mapping:
    """Keep how this file is read under a name, for the next one of the same source."""
    check(batch.kind, by)
    given = {"kind": batch.kind, "columns": batch.columns, "options": batch.options, "by": by}
    return Mapping.objects.update_or_create(name=name, defaults=given)[0]


def forget(mapping: Mapping, *, by: User) -> None:
    check(mapping.kind, by)
    mapping.delete()


def decide(batch: Batch, choice: str, numbers: list[int] | None = None, *, by: User) -> int:
    """Say of similar rows whether they are the same as what is there; of all of them without numbers."""
    check(batch.kind, by)
    with transaction.atomic():
        batch = Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
        if batch.status != BatchStatus.READY:
            raise Refused(_("Nothing is to be decided here any more."))
        rows = batch.rows.filter(outcome=Outcome.SIMILAR)
        return (rows if numbers is None else rows.filter(number__in=numbers)).update(choice=choice)
