"""Taking back what one has just done: by the declared step that leads back, or by putting back what an edit found.

The rule stands in docs/decisions/0016-taking-back.md. Nothing is erased: what takes back is a step or an edit of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.jobs.models import State
from acr_program.outbox.models import Message
from acr_program.people.models import User

from .book import Spot, anything, click, mail_key, spot
from .edit import edit
from .errors import Refused, who_was_faster
from .locks import lock
from .log import LogEntry
from .machine import Machine, Taken
from .perform import answered, perform
from .registry import consequences, edit_doors
from .steps import Step
from .words import done_as, label_of

EDIT = "edit"
WAITING = Q(state=State.QUEUED, attempts=0, error="") | Q(state=State.FAILED, attempts=0)  # nobody was sent these


def take_back(entry: LogEntry, *, by: User, key: str | None = None) -> Machine:
    """Take back what this row of the log says, and give back the fresh object; `taken` on it says what happened.

    Raises Refused with the reason where it cannot be: another's act, somebody went on since, something followed that
    cannot be called back, or whoever did it may not go the way back.
    """
    with click():
        obj = lock(subject(entry), key)
        if done := answered(obj, key):
            obj.taken = Taken(done, repeated=True)
            return obj
        if reason := why_not(entry, obj, by):
            raise Refused(reason)
        if entry.step == EDIT:
            return edit(obj, seen=entry.version, by=by, key=key, undoes=entry, **stood(entry, obj))
        call_back(entry)
        back = way_back(entry, obj)
        assert back is not None
        return perform(obj, back.name, by=by, seen=entry.version, key=key, undoes=entry, **words_for(back, entry))


def subject(entry: LogEntry) -> Machine:
    """The row that the entry is about, as it is now; refused where it has been taken away."""
    model: Any = entry.content_type.model_class()
    found: Machine | None = model._default_manager.filter(pk=entry.object_id).first() if is_machine(model) else None
    if found is None:
        raise Refused(_("It is not there any more."))
    return found


def is_machine(model: Any) -> bool:
    return model is not None and issubclass(model, Machine)


def why_not(entry: LogEntry, obj: Machine, by: User, after: After | None = None) -> str:
    """The first reason why this person cannot take this back now; empty where they can.

    `after` is what happened after many acts, where many are asked about at once.
    """
    if entry.by_id != by.pk:
        return _("Only %(name)s can take this back: it was theirs.") % {"name": entry.by.name}
    if obj.version != entry.version:
        return _("Somebody has gone on since, so it stays. %(last)s") % {"last": who_was_faster(obj)}
    if entry.detail_digest and not hasattr(entry, "detail"):
        return _("Its words were erased, and with them what followed from it, so it stays.")
    said = said_by(entry)
    if said.get("undoes"):
        return _("This has taken something back itself. Do anew what you want to be done.")
    if reason := (no_edit if entry.step == EDIT else no_way)(entry, obj, by):
        return reason
    if then := said.get("then"):
        number = len(then)
        words = ngettext(
            "%(n)d more step has followed from it (%(which)s).",
            "%(n)d more steps have followed from it (%(which)s).",
            number,
        )
        return words % {"n": number, "which": ", ".join(dict.fromkeys(followed(*one) for one in then))}
    after = after or after_of([(entry, obj)])
    if root_of(obj) and after.latest.get(spot(root_of(obj)), 0) > entry.pk:
        return _("%(root)s has moved on since, so it stays.") % {"root": root_of(obj)}
    if ends_others(entry, obj) and after.accounts.get(obj.account_id, 0) > entry.pk:
        return _("More has happened there since, and the way back would end it, so it stays.")
    if gone := [name for mark in marks_of(entry) for name in after.left.get(mark, ())]:
        return _("A mail about it has left already, to %(names)s.") % {"names": ", ".join(dict.fromkeys(gone))}
    return ""


def said_by(entry: LogEntry) -> dict[str, Any]:
    found: dict[str, Any] = entry.detail.data if hasattr(entry, "detail") else {}
    return found


def followed(kind: int, pk: int, step: str) -> str:
    """One step that followed, by its label and the kind of thing it was taken on."""
    of = ContentType.objects.get_for_id(kind)
    return f"{of.name}: {label_of(of, step)}"


# A step


def way_back(entry: LogEntry, obj: Machine) -> Step | None:
    """The declared step that leads back to the very state in which the thing stood."""
    declared = obj.declared_steps()
    step = declared.get(entry.step)
    found = (declared[name] for name in step.undo) if step else ()
    return next((back for back in found if entry.after in back.sources and back.target == entry.before), None)


def no_way(entry: LogEntry, obj: Machine, by: User) -> str:
    back = way_back(entry, obj)
    if back is None:
        return _("“%(step)s” cannot be taken back: no step leads back to where it began.") % {"step": entry.label}
    if not back.is_for(by, obj):
        return _("It is taken back by “%(step)s”, which is for %(who)s.") % {"step": back.label, "who": back.who}
    return " ".join(obj.unmet(back))


def words_for(back: Step, entry: LogEntry) -> dict[str, Any]:
    """The comment that the way back demands, where it demands one."""
    words = _("Taken back: %(deed)s.") % {"deed": done_as(entry.content_type, entry.step)}
    return {"comment": words} if back.form else {}


# An edit


def no_edit(entry: LogEntry, obj: Machine, by: User) -> str:
    changed = said_by(entry).get("changed", {})
    doors = [door for door in edit_doors(type(obj)) if door.fields >= changed.keys()]
    if not doors:
        return _("Such a change is not taken back from here: make it anew, the way you want it.")
    if not any(door.may(by, obj) for door in doors):
        return _("You may not edit this any more.")
    try:
        would_be = copy(obj)
        for name, value in stood(entry, obj).items():
            setattr(would_be, name, value)
        would_be.validate_constraints()
    except ValidationError as error:
        return _("What stood before is not possible any more: %(why)s") % {"why": " ".join(error.messages)}
    return ""


def stood(entry: LogEntry, obj: Machine) -> dict[str, Any]:
    """The values before the edit, as the fields take them; what cannot stand any more raises ValidationError."""
    changed = said_by(entry)["changed"]
    return {name: one_that_stood(obj._meta.get_field(name), old, obj) for name, (old, _new) in changed.items()}


def one_that_stood(field: Any, old: Any, obj: Machine) -> Any:
    if old in field.empty_values:
        return field.to_python(old)
    known = field.clean(old, obj)
    return field.related_model._default_manager.get(pk=known) if field.is_relation else known


# What happened after


class After(NamedTuple):
    """To whom the mails went that nobody can call back, by the marks of their act; the last rows of roots and accounts."""

    left: dict[str, list[str]]
    latest: dict[Spot, int]
    accounts: dict[int, int]


def after_of(acts: Iterable[tuple[LogEntry, Machine]]) -> After:
    """What happened after these acts: at most three queries, whatever their number."""
    acts = list(acts)
    left: dict[str, list[str]] = defaultdict(list)
    rows = mails_about([entry for entry, _obj in acts]).exclude(WAITING)
    for pk, key, name, address in rows.order_by("address").values_list("pk", "key", "person__name", "address"):
        for mark in (str(pk), key):
            left[mark].append(name or address)
    roots = {spot(root) for _entry, obj in acts if (root := root_of(obj))}
    latest = LogEntry.objects.filter(anything(roots)).order_by().values_list("content_type", "object_id")
    accounts = {obj.account_id for entry, obj in acts if ends_others(entry, obj)}
    theirs = LogEntry.objects.filter(account_id__in=accounts).order_by().values_list("account_id")
    return After(
        dict(left),
        {(kind, pk): last for kind, pk, last in latest.annotate(last=Max("pk"))} if roots else {},
        dict(theirs.annotate(last=Max("pk"))) if accounts else {},
    )


def ends_others(entry: LogEntry, obj: Machine) -> bool:
    """Whether the way back has consequences of its own for what stands under the thing."""
    back = way_back(entry, obj)
    return back is not None and not obj.LOCKS and bool(consequences(obj.step_name(back.name)))


def root_of(obj: Machine) -> Any:
    """What the thing belongs to, and is locked under; nothing for one that stands for itself."""
    return getattr(obj, obj.LOCKS) if obj.LOCKS else None


def marks_of(entry: LogEntry) -> list[str]:
    """By what the mails about an act are known: the key of its own, and the numbers of others from the same click."""
    return [mail_key(entry), *said_by(entry).get("mails", ())]


def mails_about(entries: Iterable[LogEntry]) -> QuerySet[Message]:
    entries = list(entries)
    others = [UUID(mail) for entry in entries for mail in said_by(entry).get("mails", ())]
    own = Q(key__in=[mail_key(entry) for entry in entries])
    return Message.objects.filter(own | Q(pk__in=others) if others else own)


def call_back(entry: LogEntry) -> None:
    """Withdraw the mails that still wait; one that a worker takes in the same moment refuses the whole."""
    about = mails_about([entry])
    about.filter(WAITING).delete()
    if about.exists():
        raise Refused(_("A mail about it is leaving just now, so it stays."))
