"""Every write to a machine's row that is no step: its beginning, and the edit of its fields (ARCHITECTURE.md, two doors)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.timezone import now

from acr_program.jobs.faults import fault
from acr_program.outbox.post import dispatch, letters
from acr_program.people.models import User

from .log import ROOT_HASH, LogEntry, write
from .machine import Machine, Taken
from .obligations import Obligation, open_for
from .perform import again, check_seen, lock, loggable, recent_entries, record


def begin[M: Machine](obj: M, *, by: User, comment: str = "", **data: Any) -> M:
    """Save a new machine's row with the first row of its log."""
    with transaction.atomic():
        obj.version = 1
        obj.keep(force_insert=True)
        fault("after_save")
        entry = record(obj, "create", "", by=by, data={"comment": comment, **data})
        obj.taken = Taken(entry, repeated=False)
        _announce([obj], by)
    return obj


def begin_many[M: Machine](objs: list[M], *, by: User) -> list[M]:
    """Save new rows of one machine, each with the first row of its log: three queries, whatever their number."""
    with transaction.atomic():
        for obj in objs:
            obj.version = 1
            obj.derive()
        if objs:
            type(objs[0])._default_manager.bulk_create(objs, batch_size=500)
        _log_many(objs, "create", by, [{} for _ in objs], [ROOT_HASH for _ in objs], created=True)
        _announce(objs, by)
    return objs


def _announce(objs: list[Any], by: User) -> None:
    """Open what new rows make wait, and tell whom they concern, as their machine declares."""
    fresh = [row for obj in objs for a in obj.BEGINS_AWAITS for row in open_for(obj, a, waiter=obj.waiter)]
    if fresh:
        Obligation.objects.bulk_create(fresh)
    mails: list[Any] = []
    for obj in objs:
        people = [person for audience in obj.BEGINS_TELLS for person in audience(obj) if person.pk != by.pk]
        if people:
            key = f"begun-{obj._meta.model_name}-{obj.pk}"
            mails += letters(obj, key=key, to=people, template=obj.BEGINS_MAIL, context={"by_name": by.name})
    if mails:
        dispatch(mails)


def edit[M: Machine](
    obj: M, *, seen: int | None, by: User, key: str | None = None, inside: LogEntry | None = None, comment: str = "",
    **fields: Any,
) -> M:  # fmt: skip
    """Write these fields of one row: same lock, same version check, a log row with what stood before and what stands now.

    Nothing is written where nothing differs. Raises Stale with its sentence.
    """
    with transaction.atomic():
        obj = lock(obj, inside)
        recent = recent_entries(obj, key)
        if key and (done := recent.get(("key", key))):
            return again(obj, done, "edit")
        check_seen(obj, seen, inside)
        changed = differences(obj, fields)
        if not changed:
            if head := recent.get(("head", None)):
                obj.taken = Taken(head, repeated=False)
            return obj
        for name, value in fields.items():
            setattr(obj, name, value)
        obj.version += 1
        obj.keep()
        fault("after_save")
        data = {"comment": comment, "changed": changed}
        obj.taken = Taken(
            record(obj, "edit", obj.status, by=by, key=key, data=data, head=recent.get(("head", None))), False
        )
        fault("after_log")
    return obj


def note(obj: Machine, *, by: User, changed: dict[str, Any], comment: str = "") -> LogEntry:
    """Log a change of what hangs on a machine's row (a contact, a function), inside the caller's transaction and lock."""
    head = recent_entries(obj, None).get(("head", None))
    obj.version += 1
    obj.keep(update_fields=["version"])
    return record(obj, "edit", obj.status, by=by, data={"comment": comment, "changed": changed}, head=head)


def note_many[M: Machine](rows: Iterable[tuple[M, dict[str, Any]]], *, by: User, comment: str = "") -> None:
    """Log a change of what hangs on many rows of one machine, as `note` does: fresh rows, under the caller's lock."""
    changes = [(obj, changed) for obj, changed in rows if changed]
    if not changes:
        return
    objs = [obj for obj, _changed in changes]
    with transaction.atomic():
        heads = _heads(objs)
        for obj in objs:
            obj.version += 1
        type(objs[0])._default_manager.bulk_update(objs, ["version"], batch_size=500)
        data = [{"comment": comment, "changed": changed} for _obj, changed in changes]
        _log_many(objs, "edit", by, data, [heads[obj.pk] for obj in objs])


def edit_many[M: Machine](rows: Iterable[tuple[M, dict[str, Any]]], *, by: User, comment: str = "") -> list[M]:
    """Write the fields of many rows of one machine in one batch: old rows, rows, log rows, one query each.

    Each pair is a row and the fields it is to have. Rows in which nothing differs are left alone. Returns the changed.
    """
    wanted = {obj.pk: (obj, fields) for obj, fields in rows}
    if not wanted:
        return []
    model = type(next(iter(wanted.values()))[0])
    with transaction.atomic():
        locked = list(model._default_manager.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))
        changes = [(obj, differences(obj, wanted[obj.pk][1])) for obj in locked]
        changes = [(obj, changed) for obj, changed in changes if changed]
        if not changes:
            return []
        heads = _heads([obj for obj, _ in changes])
        names = {"version", *model.DERIVES}
        for obj, _changed in changes:
            for name, value in wanted[obj.pk][1].items():
                setattr(obj, name, value)
                names.add(name)
            obj.derive()
            obj.version += 1
        changed_rows = [obj for obj, _changed in changes]
        model._default_manager.bulk_update(changed_rows, sorted(names), batch_size=500)
        data = [{"comment": comment, "changed": changed} for _obj, changed in changes]
        _log_many(changed_rows, "edit", by, data, [heads[obj.pk] for obj in changed_rows])
    return changed_rows


def differences(obj: Machine, fields: dict[str, Any]) -> dict[str, list[Any]]:
    """The fields in which the row differs from what is wanted: what stands, what is to stand."""
    if "status" in fields or "version" in fields:
        raise TypeError("A state is changed by a step, never by an edit.")
    pairs = {name: loggable({"old": getattr(obj, name), "new": value}) for name, value in fields.items()}
    return {name: [pair["old"], pair["new"]] for name, pair in pairs.items() if pair["old"] != pair["new"]}


def _heads(objs: list[Any]) -> dict[int, str]:
    kind = ContentType.objects.get_for_model(objs[0])
    versions = {obj.pk: obj.version for obj in objs}
    entries = LogEntry.objects.filter(content_type=kind, object_id__in=versions)
    return {
        e.object_id: e.hash for e in entries.only("object_id", "version", "hash") if e.version == versions[e.object_id]
    }


def _log_many(
    objs: list[Any], step: str, by: User, data: list[dict[str, Any]], heads: list[str], *, created: bool = False
) -> None:
    if not objs:
        return
    kind, at = ContentType.objects.get_for_model(objs[0]), now()
    entries = [
        LogEntry(
            content_type=kind, object_id=obj.pk, version=obj.version, step=step, before="" if created else obj.status,
            after=obj.status, by=by, at=at, account_id=obj.account_id,
        )
        for obj in objs
    ]  # fmt: skip
    write(entries, [(str(d.get("comment", "")), {k: v for k, v in d.items() if k != "comment"}) for d in data], heads)
