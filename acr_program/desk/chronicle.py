"""The log of a person. A User is no machine, so its rows are written here, into the same chain of hashes (P35)."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import now
from django.utils.translation import gettext as _

from acr_program.outbox.choices import Way
from acr_program.outbox.kinds import kind_named
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui.parts import Happening
from acr_program.ui.phrases import names
from acr_program.workflow.errors import Stale, who_was_faster
from acr_program.workflow.log import ROOT_HASH, LogEntry, LogQuerySet, write

Changed = dict[str, list[Any]]


def log_of(person: User) -> LogQuerySet:
    return LogEntry.objects.of(person)


def locked(person: User, seen: int | None) -> User:
    """The row as it is now, locked; refused where it has changed since the page was read (P7)."""
    fresh = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if seen is not None and seen != fresh.version:
        fresh.log = lambda: log_of(fresh)  # type: ignore[attr-defined]
        raise Stale(
            _("This has changed since you opened it. %(last)s Look at it again.") % {"last": who_was_faster(fresh)}
        )
    return fresh


def begin(person: User, *, by: User, comment: str = "") -> LogEntry:
    """The first row of a person's chain."""
    return append(person, None, "create", by=by, data={}, comment=comment)


def changed(person: User, *, by: User, fields: Changed, comment: str = "") -> LogEntry:
    """One row for what changed; the caller holds the row's lock and saves it with its new version."""
    head = log_of(person).order_by("-version").first()
    if head is None:
        head = begin(person, by=User.objects.clock(), comment=_("Was here before changes of people were logged."))
    return append(person, head, "edit", by=by, data={"changed": fields}, comment=comment)


def append(person: User, head: LogEntry | None, step: str, *, by: User, data: dict[str, Any], comment: str) -> LogEntry:
    person.version = head.version + 1 if head else 1
    entry = LogEntry(
        content_type=ContentType.objects.get_for_model(User), object_id=person.pk, version=person.version, step=step,
        by=by, at=now(),
    )  # fmt: skip
    return write([entry], [(comment, data)], [head.hash if head else ROOT_HASH])[0]


def append_many(rows: list[tuple[User, dict[str, Any]]], step: str, *, by: User, comment: str) -> None:
    """The next row of each chain; sets the version that it leads to."""
    kind, at = ContentType.objects.get_for_model(User), now()
    heads: dict[int, LogEntry] = {}
    pks = [person.pk for person, _data in rows]
    for entry in LogEntry.objects.filter(content_type=kind, object_id__in=pks).order_by("version"):
        heads[entry.object_id] = entry
    entries = []
    for person, _data in rows:
        head = heads.get(person.pk)
        person.version = head.version + 1 if head else 1
        entries.append(
            LogEntry(content_type=kind, object_id=person.pk, version=person.version, step=step, by=by, at=at)
        )
    hashes = [heads[person.pk].hash if person.pk in heads else ROOT_HASH for person, _data in rows]
    write(entries, [(comment, data) for _person, data in rows], hashes)


def story(person: User, shown: int = 20) -> list[Happening]:
    """What was changed about this person, newest first, in sentences: one query."""
    return [
        Happening(entry.by_name, said(entry), entry.at, kind=entry.kind, comment=entry.comment)
        for entry in log_of(person).for_timeline()[:shown]
    ]


def said(entry: LogEntry) -> str:
    """One change in words; what was erased is said to be gone."""
    if entry.step == "create":
        return _("entered this person.")
    if not hasattr(entry, "detail"):
        return _("changed something; the words were erased.")
    fields = entry.changed
    return names(part for name in sorted(fields) for part in sentences(name, *fields[name])) + "."


def sentences(name: str, old: Any, new: Any) -> list[str]:
    if name == "roles":
        return roles_said(set(old), set(new))
    if name == "is_active":
        return [_("switched sign-in on") if new else _("switched sign-in off")]
    if name == "absence":
        return absence_said(old, new)
    if name == "invited":
        return [_("sent an invitation")]
    if name == "calendar_address":
        return [_("made a new calendar address") if new else _("withdrew the calendar address")]
    if name.startswith("mail "):
        words = {"kind": kind_named(name.removeprefix("mail ")).words, "way": str(Way(new).label).lower()}
        return [_("chose for mails of the kind “%(kind)s”: %(way)s") % words]
    if name == "reports_to":
        return [_("said that they report to %(leader)s") % {"leader": new or _("nobody")}]
    field: Any = User._meta.get_field(name)
    words = {"field": field.verbose_name, "new": new or _("nothing")}
    return [_("changed the %(field)s to %(new)s") % words]


def roles_said(old: set[str], new: set[str]) -> list[str]:
    given, taken = [str(r.label) for r in Role if r in new - old], [str(r.label) for r in Role if r in old - new]
    said = [_("gave the role %(roles)s") % {"roles": names(given)}] if given else []
    return said + ([_("took the role %(roles)s") % {"roles": names(taken)}] if taken else [])


def absence_said(old: str | None, new: str | None) -> list[str]:
    if old and new:
        return [_("changed the absence to %(days)s") % {"days": new}]
    return (
        [_("set an absence: %(days)s") % {"days": new}]
        if new
        else [_("took back the absence %(days)s") % {"days": old}]
    )
