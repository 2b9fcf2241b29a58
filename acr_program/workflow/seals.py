"""Seals over the log, and the proof that nobody has touched it (docs/promises.md, rule 16; P35)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.timezone import now

from .log import ROOT_HASH, LogDetail, LogEntry, LogSeal
from .machine import Machine
from .remove import REMOVE

MARK = 12  # hex digits of a row's hash that a seal keeps, to name the row
SETTLED = timedelta(minutes=2)  # longer than any transaction may stay open: no row with a lower number comes later


@transaction.atomic
def seal() -> LogSeal | None:
    """Seal the rows since the last seal that can no longer be joined by earlier ones; None where there are none."""
    last = LogSeal.objects.select_for_update().order_by("-pk").first()
    fresh = LogEntry.objects.filter(pk__gt=last.last_entry if last else 0).order_by("pk")
    young = fresh.filter(at__gte=now() - SETTLED).values_list("pk", flat=True).first()
    settled = fresh if young is None else fresh.filter(pk__lt=young)  # by number: clocks may differ, or be put back
    hashes = list(settled.values_list("pk", "hash"))
    if not hashes:
        return None
    made = LogSeal(
        at=now(),
        first_entry=hashes[0][0],
        last_entry=hashes[-1][0],
        count=len(hashes),
        marks={str(pk): row_hash[:MARK] for pk, row_hash in hashes},
        previous=last.hash if last else ROOT_HASH,
    )
    made.hash = made.computed_hash([row_hash for _pk, row_hash in hashes])
    made.save(force_insert=True)
    return made


def verify(anchor: str = "") -> Iterator[str]:
    """What is wrong with the log, one sentence a fault, each naming its row. Silent when all is well.

    `anchor` is the head of a seal that was kept outside: without it a cut tail cannot be told from a log that ended there.
    """
    yield from _chains()
    yield from _details()
    yield from _subjects()
    yield from _seals()
    if anchor and not LogSeal.objects.filter(hash=anchor).exists():
        yield f"No seal has the head {anchor[:16]}… that was kept outside: the log was cut or rewritten."


def _chains() -> Iterator[str]:
    entries = LogEntry.objects.order_by("content_type_id", "object_id", "version").iterator(chunk_size=2000)
    for (kind, object_id), chain in groupby(entries, lambda e: (e.content_type_id, e.object_id)):
        previous, version, state = ROOT_HASH, 0, ""
        founded = founded_in(ContentType.objects.get_for_id(kind).model_class())
        for entry in chain:
            where = (
                f"Log row {entry.pk} ({ContentType.objects.get_for_id(kind).name} {object_id}, version {entry.version})"
            )
            if entry.version != version + 1:
                yield f"{where}: version {version + 1} is missing before it."
            elif entry.previous != previous:
                yield f"{where}: it does not follow from the row before it."
            if entry.computed_hash() != entry.hash:
                yield f"{where}: its content is not what was written."
            if entry.before != state and (version or entry.before not in founded):
                yield f"{where}: it begins at “{entry.before}”, the row before it ended at “{state}”."
            previous, version, state = entry.hash, entry.version, entry.after


def founded_in(model: Any) -> tuple[str, ...]:
    """The states in which rows of this kind may stand before anybody took a step."""
    return model.FOUNDED if model is not None and issubclass(model, Machine) else ()


def _details() -> Iterator[str]:
    for detail in LogDetail.objects.select_related("entry").iterator(chunk_size=2000):
        if detail.digest() != detail.entry.detail_digest:
            yield f"Log row {detail.entry_id}: its words or values are not what was written."


def _subjects() -> Iterator[str]:
    """Each object stands where its last row says (I1), and has a row for each version (I2)."""
    for kind in ContentType.objects.filter(pk__in=LogEntry.objects.values("content_type").distinct()):
        model = kind.model_class()
        if model is None or not issubclass(model, Machine):
            continue
        last = {
            e[0]: e[1:]
            for e in LogEntry.objects.filter(content_type=kind)
            .order_by("version")
            .values_list("object_id", "version", "after", "pk", "step")
        }
        rows = {pk: rest for pk, *rest in rows_of(model)}
        for pk, (version, status) in rows.items():
            if pk not in last:
                if version or status not in founded_in(model):
                    yield f"{kind.name} {pk}: it has no log at all."
            elif last[pk][:2] != (version, status):
                logged, state, row, _step = last[pk]
                yield (
                    f"{kind.name} {pk}: it stands at version {version}, “{status}”, "
                    f"but log row {row} says version {logged}, “{state}”."
                )
        gone = {pk for pk, (_version, state, _row, name) in last.items() if (name, state) == (REMOVE, "")}
        for pk in last.keys() - rows.keys() - gone:
            yield f"{kind.name} {pk}: the log (row {last[pk][2]}) knows it, but it is gone."


def rows_of(model: type[Machine]) -> Any:
    """Key, version and state of every row of a machine."""
    manager: Any = model._default_manager
    return manager.values_list("pk", "version", "status")


def _seals() -> Iterator[str]:
    previous, upto = ROOT_HASH, 0
    for seal_row in LogSeal.objects.order_by("pk"):
        if seal_row.previous != previous:
            yield f"Seal {seal_row.pk}: it does not follow from the seal before it."
        rows = LogEntry.objects.filter(pk__gt=upto, pk__lte=seal_row.last_entry).order_by("pk")
        yield from _sealed(seal_row, dict(rows.values_list("pk", "hash")))
        previous, upto = seal_row.hash, seal_row.last_entry


def _sealed(seal_row: LogSeal, hashes: dict[int, str]) -> Iterator[str]:
    """The rows that are no longer as this seal found them; the seal itself where its rows are as its marks say."""
    marks = {int(pk): mark for pk, mark in seal_row.marks.items()}
    named = False
    for pk in sorted(marks.keys() | hashes.keys()):
        named = named or hashes.get(pk, "")[:MARK] != marks.get(pk)
        if pk not in hashes:
            yield f"Log row {pk}: it was sealed (seal {seal_row.pk}), and is gone."
        elif pk not in marks:
            yield f"Log row {pk}: it was put in after seal {seal_row.pk} was set."
        elif hashes[pk][:MARK] != marks[pk]:
            yield f"Log row {pk}: it is not the one that was sealed (seal {seal_row.pk})."
    if not named and seal_row.computed_hash(list(hashes.values())) != seal_row.hash:
        span = f"log rows {seal_row.first_entry} to {seal_row.last_entry}"
        yield f"Seal {seal_row.pk}: it is not what was written, or {span} are not."
