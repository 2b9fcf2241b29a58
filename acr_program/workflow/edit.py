"""Every write to a machine's row that is no step: its beginning, and the edit of its fields (ARCHITECTURE.md, two doors)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from acr_program.jobs.faults import fault
from acr_program.people.models import User

from .book import click, current
from .derived import follow_edits
from .locks import lock, lock_many, lock_roots
from .log import LogEntry
from .machine import Machine, Taken
from .perform import again, answered, check_seen, loggable, record, undoing


def begin[M: Machine](obj: M, *, by: User, comment: str = "", **data: Any) -> M:
    """Save a new machine's row with the first row of its log."""
    with click():
        obj.version = 1
        obj.keep(force_insert=True)
        fault("after_save")
        entry = record(obj, "create", "", by=by, data={"comment": comment, **data})
        obj.taken = Taken(entry, repeated=False)
        _announce([obj], by)
    return obj


def begin_many[M: Machine](objs: list[M], *, by: User, comment: str = "") -> list[M]:
    """Save new rows of one machine, each with the first row of its log: the same queries, whatever their number."""
    if not objs:
        return objs
    with click():
        for obj in objs:
            obj.version = 1
            obj.derive()
        type(objs[0])._default_manager.bulk_create(objs, batch_size=500)
        for obj in objs:
            record(obj, "create", "", by=by, data={"comment": comment})
        _announce(objs, by)
    return objs


def _announce(objs: list[Any], by: User) -> None:
    """Open what new rows make wait, and tell whom they concern, as their machine declares.

    A row that begins where the awaited step is behind it (taken over from elsewhere, already answered) awaits nothing.
    """
    book = current()
    for obj in objs:
        for awaited in obj.BEGINS_AWAITS:
            if obj.find(awaited.step):
                book.open(obj, awaited)
        people = [person for audience in obj.BEGINS_TELLS for person in audience(obj) if person.pk != by.pk]
        if people:
            key = f"begun-{obj._meta.model_name}-{obj.pk}"
            book.post(obj, key=key, to=people, template=obj.BEGINS_MAIL, context={"by_name": by.name})


def edit[M: Machine](
    obj: M, *, seen: int | None, by: User, key: str | None = None, inside: LogEntry | None = None, comment: str = "",
    undoes: LogEntry | None = None, **fields: Any,
) -> M:  # fmt: skip
    """Write these fields of one row: same lock, same version check, a log row with what stood before and what stands now.

    Nothing is written where nothing differs. `undoes` is the row that this edit takes back. Raises Stale with its sentence.
    """
    with click():
        obj = lock(obj, key)
        if done := answered(obj, key):
            return again(obj, done, "edit")
        check_seen(obj, seen, inside)
        changed = differences(obj, fields)
        if not changed:
            if head := obj.log().filter(version=obj.version).first():
                obj.taken = Taken(head, repeated=False)
            return obj
        for name, value in fields.items():
            setattr(obj, name, value)
        obj.version += 1
        obj.keep()
        fault("after_save")
        follow_edits([(obj, changed)])
        data = {"comment": comment, "changed": changed} | undoing(undoes)
        obj.taken = Taken(record(obj, "edit", obj.status, by=by, key=key, data=data), repeated=False)
    return obj


def note(
    obj: Machine, *, by: User, changed: dict[str, Any], comment: str = "", key: str | None = None
) -> LogEntry:  # fmt: skip
    """Log a change of what hangs on a machine's row (a contact, a function), inside the caller's transaction and lock.

    `key` names the click, where the caller asks whether it was answered before.
    """
    with click():
        obj.version += 1
        obj.keep(update_fields=["version"])
        return record(obj, "edit", obj.status, by=by, key=key, data={"comment": comment, "changed": changed})


def note_many[M: Machine](rows: Iterable[tuple[M, dict[str, Any]]], *, by: User, comment: str = "") -> None:
    """Log a change of what hangs on many rows of one machine, as `note` does: fresh rows, under the caller's lock."""
    changes = [(obj, changed) for obj, changed in rows if changed]
    if not changes:
        return
    with click():
        for obj, changed in changes:
            obj.version += 1
            record(obj, "edit", obj.status, by=by, data={"comment": comment, "changed": changed})
        type(changes[0][0])._default_manager.bulk_update(
            [obj for obj, _changed in changes], ["version"], batch_size=500
        )


def edit_many[M: Machine](rows: Iterable[tuple[M, dict[str, Any]]], *, by: User, comment: str = "") -> list[M]:
    """Write the fields of many rows of one machine in one batch: old rows, rows, log rows, one query each.

    Each pair is a row and the fields it is to have. Rows in which nothing differs are left alone. Returns the changed.
    """
    wanted = {obj.pk: (obj, fields) for obj, fields in rows}
    if not wanted:
        return []
    model = type(next(iter(wanted.values()))[0])
    with click() as book:
        if model.LOCKS:
            lock_roots(model, [getattr(obj, f"{model.LOCKS}_id") for obj, _fields in wanted.values()], book)
        locked = lock_many(model._default_manager.filter(pk__in=wanted))
        changes = [(obj, differences(obj, wanted[obj.pk][1])) for obj in locked]
        changes = [(obj, changed) for obj, changed in changes if changed]
        names = {"version", *model.DERIVES}
        for obj, changed in changes:
            for name, value in wanted[obj.pk][1].items():
                setattr(obj, name, value)
                names.add(name)
            obj.derive()
            obj.version += 1
            entry = record(obj, "edit", obj.status, by=by, data={"comment": comment, "changed": changed})
            obj.taken = Taken(entry, repeated=False)
        changed_rows = [obj for obj, _changed in changes]
        if changed_rows:
            model._default_manager.bulk_update(changed_rows, sorted(names), batch_size=500)
            follow_edits(changes)
    return changed_rows


def differences(obj: Machine, fields: dict[str, Any]) -> dict[str, list[Any]]:
    """The fields in which the row differs from what is wanted: what stands, what is to stand."""
    if "status" in fields or "version" in fields:
        raise TypeError("A state is changed by a step, never by an edit.")
    pairs = {name: loggable({"old": getattr(obj, name), "new": value}) for name, value in fields.items()}
    return {name: [pair["old"], pair["new"]] for name, pair in pairs.items() if pair["old"] != pair["new"]}
