"""Taking a step: the only code that writes a state (docs/promises.md, rules 1 and 2; P1, P6, P7, P8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from acr_program.jobs.faults import fault
from acr_program.people.models import User

from .book import click, current, spot
from .errors import Stale, StepBlocked, StepClosed, who_was_faster
from .locks import lock, lock_many
from .log import LogEntry
from .machine import Machine, Taken
from .registry import consequences
from .sealed import Sealed
from .steps import Step
from .templatetags.awaited import awaited as coming


def perform[M: Machine](
    obj: M,
    name: str,
    *,
    by: User,
    seen: int | None,
    key: str | None = None,
    inside: LogEntry | None = None,
    undoes: LogEntry | None = None,
    **data: Any,
) -> M:
    """Take one step, whole or not at all, and give back the fresh object; `taken` on it says what happened.

    Views, links, jobs and the shell all come through here. `seen` is the version the person read; a step that follows
    from another gives its log row as `inside` and needs none. `key` names the click: the same click again changes
    nothing and gives the same answer. `undoes` is the row that this step takes back (undo.py).
    Raises Stale, StepClosed, StepBlocked (each with a sentence) or PermissionDenied.
    """
    with click() as book:
        obj = lock(obj, key)
        fault("after_lock")
        if done := answered(obj, key):
            return again(obj, done, name)
        check_seen(obj, seen, inside)
        step = admitted(obj, name, by)
        fault("before_step")
        before = obj.status
        take(obj, step, by, data)
        fault("after_step")
        obj.version += 1
        obj.keep()
        fault("after_save")
        entry = record(obj, name, before, by=by, key=key, data=data | undoing(undoes), step=step)
        if step.undo and inside is None and undoes is None:
            book.turn = entry
        follow(obj, step, entry, tell=undoes is None)
        for consequence in consequences(obj.step_name(name)):
            consequence(obj, entry)
            fault("between_consequences")
        fault("after_consequences")
        book.link(obj)
        obj.taken = Taken(entry, repeated=False)
    if inside is None:
        fault("after_commit")
    return obj


def perform_many(rows: Any, name: str, *, by: User, inside: LogEntry, **data: Any) -> list[Any]:
    """Take one step that follows from another, on all of these rows of a machine: the same queries for one or for many.

    Each row is checked, logged and told of as `perform` does it. A consequence that can take many at once has `of_many`.
    """
    with click() as book:
        objs = lock_many(rows)
        if not objs:
            return []
        fault("before_step")
        steps = [admitted(obj, name, by) for obj in objs]
        entries, names = [], {"status", "version", *objs[0].DERIVES}
        for obj, step in zip(objs, steps, strict=True):
            before = dict(obj.__dict__)
            take(obj, step, by, dict(data))
            obj.version += 1
            obj.derive()
            names |= {f.name for f in obj._meta.concrete_fields if before.get(f.attname) != obj.__dict__.get(f.attname)}
            entries.append(record(obj, name, before["status"], by=by, data=data, step=step))
        fault("after_step")
        type(objs[0])._default_manager.bulk_update(objs, sorted(names), batch_size=500)
        fault("after_save")
        for obj, step, entry in zip(objs, steps, entries, strict=True):
            follow(obj, step, entry)
        follow_many(objs, name, entries)
        for obj, entry in zip(objs, entries, strict=True):
            book.link(obj)
            obj.taken = Taken(entry, repeated=False)
    return objs


def follow_many(objs: list[Any], name: str, entries: list[LogEntry]) -> None:
    """What apps hang on this step of these rows of one machine; a consequence that can take many at once is asked once."""
    for consequence in consequences(objs[0].step_name(name)) if objs else ():
        each = getattr(consequence, "of_many", None) or one_by_one(consequence)
        each(objs, entries)
        fault("between_consequences")


def one_by_one(consequence: Callable[[Any, Any], None]) -> Callable[[list[Any], list[LogEntry]], None]:
    def each(objs: list[Any], entries: list[LogEntry]) -> None:
        for obj, entry in zip(objs, entries, strict=True):
            consequence(obj, entry)

    return each


def can[M: Machine](obj: M, name: str) -> bool:
    """Whether the step is open and has all it needs; the click that takes it next does not ask the same again."""
    step = obj.find(name)
    met = step is not None and not obj.unmet(step)
    if met:
        current().met.add((spot(obj), obj.version, name))
    return met


def answered(obj: Machine, key: str | None) -> LogEntry | None:
    """The row that this click has written before."""
    found = obj.__dict__.pop("log_answer", None)
    return LogEntry.objects.get(pk=found) if key and found else None


def admitted(obj: Machine, name: str, by: User) -> Step:
    """The step, open out of this state, for this person, with all it needs; the sentence why not otherwise."""
    step = obj.find(name)
    if step is None:
        raise StepClosed(closed_sentence(obj, name))
    if not step.is_for(by, obj):
        raise PermissionDenied(_("“%(step)s” is for %(who)s.") % {"step": step.label, "who": step.who})
    known = (spot(obj), obj.version, name) in current().met
    if not known and (missing := obj.unmet(step)):
        raise StepBlocked(missing)
    return step


def again[M: Machine](obj: M, entry: LogEntry, name: str) -> M:
    """The answer to a click that has been answered before; a page that was used for another step is out of date."""
    if entry.step != name:
        raise Stale(stale_sentence(obj))
    obj.taken = Taken(entry, repeated=True)
    return obj


def check_seen(obj: Machine, seen: int | None, inside: LogEntry | None) -> None:
    """State alone is no witness: it may have gone back and forth since the page was read (P8)."""
    if inside is None and seen != obj.version:
        raise Stale(stale_sentence(obj))


def stale_sentence(obj: Machine) -> str:
    words = _("This has changed since you opened it. %(last)s Look at it again, then decide.")
    return words % {"last": who_was_faster(obj)}


def closed_sentence(obj: Machine, name: str) -> str:
    known = obj.declared_steps().get(name)
    return _("“%(step)s” is not open here any more. %(last)s") % {
        "step": known.label if known else name,
        "last": who_was_faster(obj, moved=True),
    }


def take(obj: Machine, step: Step, by: User, data: dict[str, Any]) -> None:
    """Run the declared method with the engine's leave; `comment` is for the log and reaches no method that does not ask."""
    obj._performing = True  # type: ignore[attr-defined]
    try:
        getattr(obj, step.name)(by=by, **data)
    finally:
        obj._performing = False  # type: ignore[attr-defined]


def record(
    obj: Machine, name: str, before: str, *, by: User, key: str | None = None, data: dict[str, Any],
    step: Step | None = None,
) -> LogEntry:  # fmt: skip
    """The log row of this version, written with whatever else the click writes."""
    data = dict(data)
    owner = getattr(obj, f"{step.holder}_id") if step and step.holder else None
    entry = LogEntry(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        version=obj.version,
        step=name,
        before=before,
        after=obj.status,
        by=by,
        on_behalf_of_id=owner if owner and owner != by.pk and not by.is_system else None,
        at=now(),
        key=key,
        account_id=obj.account_id,
    )
    comment = str(data.pop("comment", "") or "")
    return current().log(entry, comment, loggable(data))


def undoing(entry: LogEntry | None) -> dict[str, Any]:
    """What the row of a step or an edit that takes another back says of it."""
    return {"undoes": {"version": entry.version, "step": entry.step}} if entry else {}


def loggable(data: dict[str, Any]) -> dict[str, Any]:
    """Model instances by their key, many of them by their keys, everything else as JSON takes it; no file that is sent,
    and of what is sealed its digest alone.
    """
    kept = {name: value for name, value in data.items() if hasattr(value, "pk") or not hasattr(value, "read")}
    return {name: _by_key(value) for name, value in kept.items()}


def _by_key(value: Any) -> Any:
    if isinstance(value, Sealed):
        return value.digest
    if isinstance(value, (list, tuple, set, frozenset, QuerySet)):
        return [_by_key(one) for one in value]
    return getattr(value, "pk", value)


def follow(obj: Machine, step: Step, entry: LogEntry, *, tell: bool = True) -> None:
    """Close what the old state awaited, open what this step makes wait, tell whom it concerns; whoever took it knows.

    The mails of a step that can be taken back wait as long as the page is likely to offer that; of one that takes back
    nobody is told, for nobody has heard of the other.
    """
    book = current()
    if entry.before != entry.after or step.awaits:  # a step that stays in its state and awaits something replaces it
        book.close(obj)
    for awaited in step.awaits:
        book.open(obj, awaited)
    audiences = step.tells if tell else ()
    people = {person.pk: person for audience in audiences for person in audience(obj) if person.pk != entry.by_id}
    if people:
        context = {"step": step, "entry": entry, "by_name": entry.by_name, "comment": entry.comment}
        wait = timedelta(seconds=settings.ACR_UNDO_SECONDS if step.undo else 0)
        book.post(
            obj, entry=entry, to=list(people.values()), template=step.mail, context=context, wait=wait,
            asks=lambda person: any(next_one.mine and not next_one.shared for next_one in coming(step, obj, person)),
        )  # fmt: skip
