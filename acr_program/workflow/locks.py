"""The rows of a click: locked after their root, read as they are then, and read once (docs/promises.md, P7)."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, QuerySet, Subquery

from .book import Book, current, spot
from .log import LogEntry
from .machine import Machine


def lock[M: Machine](obj: M, key: str | None = None) -> M:
    """The row as it is now, locked after its root; one that the click holds already is given as the click has it."""
    book = current()
    if spot(obj) in book.rows:
        kept: M = book.rows[spot(obj)]
        return kept
    rows = type(obj)._default_manager.filter(pk=obj.pk)
    if obj.LOCKS:
        lock_roots(type(obj), [getattr(obj, f"{obj.LOCKS}_id")], book)
        rows = rows.select_for_update(of=("self",), no_key=True)
    elif spot(obj) not in book.locked:
        # Two queries: a join under the lock would show what was there before the wait for it.
        rows.select_for_update(no_key=True).only("pk").get()
    fresh: M = hold(known(rows, key).get(), book)
    return fresh


def lock_many(rows: QuerySet[Any]) -> list[Any]:
    """These rows of one machine as they are now, locked; those under a root only where the click holds it."""
    book, model = current(), rows.model
    if model.LOCKS:
        found = [hold(obj, book) for obj in known(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))]
        roots = {spot(getattr(obj, model.LOCKS)) for obj in found}
        assert roots <= book.locked, "The root of many rows is locked before them."
        return found
    pks = list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    return [hold(obj, book) for obj in known(model._default_manager.filter(pk__in=pks).order_by("pk"))] if pks else []


def lock_roots(model: type[Machine], pks: list[int], book: Book) -> None:
    root: Any = model._meta.get_field(model.LOCKS or "").related_model
    kind = ContentType.objects.get_for_model(root).pk
    wanted = sorted({pk for pk in pks if (kind, pk) not in book.locked})
    if wanted:
        list(
            root._default_manager.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk").values_list("pk")
        )
        book.locked |= {(kind, pk) for pk in wanted}


def known(rows: QuerySet[Any], key: str | None = None) -> QuerySet[Any]:
    """With what the machine's steps look at, the head of the log, and the row of this click where there is one."""
    mine = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(rows.model), object_id=OuterRef("pk")
    ).order_by()
    rows = rows.select_related(*rows.model.READS) if rows.model.READS else rows
    rows = rows.annotate(log_head=Subquery(mine.filter(version=OuterRef("version")).values("hash")[:1]))
    return rows.annotate(log_answer=Subquery(mine.filter(key=key).values("pk")[:1])) if key else rows


def hold(obj: Any, book: Book) -> Any:
    """Keep the row for the rest of the click; one that is kept already stays the one."""
    where = spot(obj)
    if where in book.rows:
        return book.rows[where]
    if head := obj.__dict__.pop("log_head", None):
        book.heads[where] = head
    book.locked.add(where)
    book.rows[where] = obj
    book.link(obj)
    return obj
