"""Taking a step: the only code that writes a state (docs/promises.md, rules 1 and 2; P1, P6, P7, P8)."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from acr_program.jobs.faults import fault
from acr_program.outbox.post import post
from acr_program.people.models import User

from .errors import Stale, StepBlocked, StepClosed, who_was_faster
from .log import ROOT_HASH, LogEntry, write
from .machine import Machine, Taken
from .obligations import Obligation, open_for
from .registry import consequences
from .steps import Step


def perform[M: Machine](
    obj: M,
    name: str,
    *,
    by: User,
    seen: int | None,
    key: str | None = None,
    inside: LogEntry | None = None,
    **data: Any,
) -> M:
    """Take one step, whole or not at all, and give back the fresh object; `taken` on it says what happened.

    Views, links, jobs and the shell all come through here. `seen` is the version the person read; a step that follows
    from another gives its log row as `inside` and needs none. `key` names the click: the same click again changes
    nothing and gives the same answer. Raises Stale, StepClosed, StepBlocked (each with a sentence) or PermissionDenied.
    """
    with transaction.atomic():
        obj = lock(obj, inside)
        fault("after_lock")
        recent = recent_entries(obj, key)
        if (done := recent.get(("key", key))) and key:
            return again(obj, done, name)
        check_seen(obj, seen, inside)
        step = obj.find(name)
        if step is None:
            raise StepClosed(closed_sentence(obj, name))
        if not step.is_for(by, obj):
            raise PermissionDenied(_("«%(step)s» is for %(who)s.") % {"step": step.label, "who": step.who})
        if missing := obj.unmet(step):
            raise StepBlocked(missing)
        fault("before_step")
        before = obj.status
        take(obj, step, by, data)
        fault("after_step")
        obj.version += 1
        obj.keep()
        fault("after_save")
        entry = record(obj, name, before, by=by, key=key, data=data, step=step, head=recent.get(("head", None)))
        fault("after_log")
        settle(obj, step, before)
        fault("after_obligations")
        tell(obj, step, entry, by, str(data.get("comment", "") or ""))
        fault("after_messages")
        following = consequences(obj.step_name(name))
        for consequence in following:
            consequence(obj, entry)
            fault("between_consequences")
        fault("after_consequences")
        if following:
            obj = type(obj)._default_manager.get(pk=obj.pk)
        obj.taken = Taken(entry, repeated=False)
        fault("before_commit")
    fault("after_commit")
    return obj


def lock[M: Machine](obj: M, inside: LogEntry | None = None) -> M:
    """The row as it is now, locked after its root; a step inside a step finds the root locked already."""
    if obj.LOCKS and inside is None:
        root: Any = obj._meta.get_field(obj.LOCKS).related_model
        root._default_manager.select_for_update(no_key=True).only("pk").get(pk=getattr(obj, f"{obj.LOCKS}_id"))
    rows = type(obj)._default_manager
    if not obj.READS:
        return rows.select_for_update(no_key=True).get(pk=obj.pk)
    # Two queries: a join under the lock would show what was there before the wait for it.
    rows.select_for_update(no_key=True).only("pk").get(pk=obj.pk)
    return rows.select_related(*obj.READS).get(pk=obj.pk)


def recent_entries(obj: Machine, key: str | None) -> dict[tuple[str, Any], LogEntry]:
    """The head of the object's chain, and the row of this click where there is one: one query."""
    found: dict[tuple[str, Any], LogEntry] = {}
    wanted = Q(version=obj.version) | (Q(key=key) if key else Q())
    for entry in obj.log().filter(wanted).order_by():  # in order, SQLite would read every entry of the kind
        if entry.version == obj.version:
            found["head", None] = entry
        if key and entry.key == key:
            found["key", key] = entry
    return found


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
    return _("«%(step)s» is not open here any more. %(last)s") % {
        "step": known.label if known else name,
        "last": who_was_faster(obj),
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
    step: Step | None = None, head: LogEntry | None = None,
) -> LogEntry:  # fmt: skip
    """Write the log row of this version."""
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
    return write([entry], [(comment, loggable(data))], [head.hash if head else ROOT_HASH])[0]


def loggable(data: dict[str, Any]) -> dict[str, Any]:
    """Model instances by their key, many of them by their keys, everything else as JSON takes it."""
    return {name: _by_key(value) for name, value in data.items() if not hasattr(value, "read")}


def _by_key(value: Any) -> Any:
    if isinstance(value, (list, tuple, set, frozenset, QuerySet)):
        return [_by_key(one) for one in value]
    return getattr(value, "pk", value)


def settle(obj: Machine, step: Step, before: str) -> None:
    """Close what the old state awaited; open what this step makes wait."""
    if obj.status != before:
        Obligation.objects.of(obj).open().update(closed_at=now())
    fresh = [row for awaited in step.awaits for row in open_for(obj, awaited, waiter=obj.waiter)]
    if fresh:
        Obligation.objects.bulk_create(fresh)


def tell(obj: Machine, step: Step, entry: LogEntry, by: User, comment: str) -> None:
    """Queue the mails of the step; whoever took it needs none."""
    people = {person.pk: person for audience in step.tells for person in audience(obj) if person.pk != by.pk}
    if people:
        context = {"step": step, "entry": entry, "by_name": entry.by_name, "comment": comment}
        post(obj, key=f"log-{entry.hash[:24]}", to=list(people.values()), template=step.mail, context=context)
