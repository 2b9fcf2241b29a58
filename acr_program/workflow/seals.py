"""Seals over the log, and the proof that nobody has touched it (promises.md, rule 16; P35)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.timezone import now

from .log import ROOT_HASH, LogDetail, LogEntry, LogSeal
from .machine import Machine

SETTLED = timedelta(minutes=2)  # longer than any transaction may stay open: no row with a lower number comes later


@transaction.atomic
def seal() -> LogSeal | None:
    """Seal the rows since the last seal that can no longer be joined by earlier ones; None where there are none."""
    last = LogSeal.objects.select_for_update().order_by("-pk").first()
    fresh = LogEntry.objects.filter(pk__gt=last.last_entry if last else 0, at__lt=now() - SETTLED).order_by("pk")
    hashes = list(fresh.values_list("pk", "hash"))
    if not hashes:
        return None
    previous = last.hash if last else ROOT_HASH
    return LogSeal.objects.create(
        first_entry=hashes[0][0],
        last_entry=hashes[-1][0],
        count=len(hashes),
        previous=previous,
        hash=seal_hash(previous, [h for _pk, h in hashes]),
    )


def seal_hash(previous: str, hashes: list[str]) -> str:
    return hashlib.sha256("\n".join([previous, str(len(hashes)), *hashes]).encode()).hexdigest()


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
        for entry in chain:
            where = f"Log row {entry.pk} ({ContentType.objects.get_for_id(kind)} {object_id}, version {entry.version})"
            if entry.version != version + 1:
                yield f"{where}: version {version + 1} is missing before it."
            elif entry.previous != previous:
                yield f"{where}: it does not follow from the row before it."
            if entry.computed_hash() != entry.hash:
                yield f"{where}: its content is not what was written."
            if entry.before != state:
                yield f"{where}: it begins at «{entry.before}», the row before it ended at «{state}»."
            previous, version, state = entry.hash, entry.version, entry.after


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
        last = {e[0]: e[1:] for e in LogEntry.objects.filter(content_type=kind).order_by("version").values_list("object_id", "version", "after", "pk")}
        rows = {pk: rest for pk, *rest in model._default_manager.values_list("pk", "version", "status")}
        for pk, (version, status) in rows.items():
            if pk not in last:
                yield f"{kind} {pk}: it has no log at all."
            elif last[pk][:2] != (version, status):
                yield f"{kind} {pk}: it stands at version {version}, «{status}», but log row {last[pk][2]} says version {last[pk][0]}, «{last[pk][1]}»."
        for pk in last.keys() - rows.keys():
            yield f"{kind} {pk}: the log (row {last[pk][2]}) knows it, but it is gone."


def _seals() -> Iterator[str]:
    previous, upto = ROOT_HASH, 0
    for row in LogSeal.objects.order_by("pk"):
        entries = LogEntry.objects.filter(pk__gt=upto, pk__lte=row.last_entry).order_by("pk")
        hashes = list(entries.values_list("hash", flat=True))
        if row.previous != previous:
            yield f"Seal {row.pk}: it does not follow from the seal before it."
        if row.count != len(hashes):
            yield f"Seal {row.pk}: {row.count} log rows were sealed between rows {row.first_entry} and {row.last_entry}, {len(hashes)} are there."
        elif seal_hash(row.previous, hashes) != row.hash:
            yield f"Seal {row.pk}: log rows {row.first_entry} to {row.last_entry} are not the ones that were sealed."
        previous, upto = row.hash, row.last_entry
