"""What happened to an account over all apps, newest first, of what the reader may see: one query."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.ui.parts import Happening
from acr_program.workflow.docs import machines
from acr_program.workflow.log import LogEntry, LogQuerySet
from acr_program.workflow.words import deed_of

from ..models import Account

SHOWN = 20


def entries_of(account: Account, reader: User) -> LogQuerySet:
    return LogEntry.objects.filter(account_id=account.pk).filter(within_sight(reader)).for_timeline()


def within_sight(reader: User) -> Q:
    """Log rows of things that the reader may see; a machine without `visible_to` shows nothing here (P17)."""
    seen = Q(pk__in=[])
    for model in machines():
        rows = model._default_manager.all()
        if hasattr(rows, "visible_to") and model.account_id is not None:
            kind = ContentType.objects.get_for_model(model)
            one = rows.visible_to(reader).order_by().filter(pk=OuterRef("object_id"))
            seen |= Q(content_type=kind) & Q(
                Exists(one)
            )  # asked of each entry of the kind, not of all that one may see
    return seen


def happenings(entries: Iterable[LogEntry]) -> list[Happening]:
    own = ContentType.objects.get_for_model(Account).pk
    return [
        Happening(entry.by_name, sentence(entry, own), entry.at, entry.tone, entry.kind, entry.comment)
        for entry in entries
    ]


def sentence(entry: LogEntry, own: int) -> str:
    """What was done; to what, where it was not the account itself."""
    if entry.content_type_id == own:
        return (deed(entry) if entry.step == "edit" else "") or entry.sentence
    if deed_of(entry.content_type, entry.step):
        return entry.sentence
    return _("%(what)s (%(kind)s)") % {"what": entry.sentence, "kind": entry.content_type.name}


def deed(entry: LogEntry) -> str:
    """What was changed of that which hangs on the account; empty where its own fields were."""
    changed = entry.changed
    name = next(iter(changed), "")
    old, _new = changed.get(name) or (None, None)
    return {
        "contact": _("changed who is met there"),
        "designated_leaders": _("changed who else approves"),
        "fact": _("said what holds no longer") if old else _("said what holds"),
        "note": _("took a note down") if old else _("pinned a note"),
        "figure": _("corrected a figure") if old else _("entered a figure"),
        "performance": _("had the figures by quarter computed from the orders"),
    }.get(name.split(" ")[0], "")
