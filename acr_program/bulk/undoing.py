"""Taking a whole act back: each of its rows by the rule of a single act, looked at first, with a result for each."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.workflow.book import reading
from acr_program.workflow.errors import Refused
from acr_program.workflow.log import LogEntry
from acr_program.workflow.undo import after_of, take_back, why_not

from .actions import keep, seen_row
from .acts import Act
from .choices import Outcome
from .models import Bulk, BulkRow


class UndoAct(Act):
    """The rows of an earlier act of the same person, the last one first; `data` names it as `of`."""

    def title(self, bulk: Bulk) -> str:
        return _("Undo “%(step)s”") % {"step": bulk.model.declared_steps()[bulk.step].label}

    def meaning(self, bulk: Bulk) -> str:
        return _("What somebody has gone on with, or been told of, stays as it is.")

    def back(self, bulk: Bulk) -> str:
        return Bulk(pk=bulk.data["of"]).get_absolute_url()

    def take(self, bulk: Bulk, row: BulkRow, by: User) -> str:
        entry = LogEntry.objects.for_timeline().get(pk=row.data["entry"])
        if not bulk.model._default_manager.visible_to(by).filter(pk=row.object_id).exists():
            raise Refused(_("There is nothing here that you can see."))
        obj = take_back(entry, by=by, key=f"bulk-{row.pk}")
        return _("is at “%(state)s” again") % {"state": obj.get_status_display()}


UNDO = UndoAct("undo")


def possible(bulk: Bulk) -> bool:
    """Whether this act has ended, and is of a kind that has a way back."""
    return bulk.ended_at is not None and bulk.kind.can_be_undone(bulk)


def latest(bulk: Bulk) -> Bulk | None:
    """The last time that it was set going to be taken back."""
    if not possible(bulk):
        return None
    undone = Bulk.objects.filter(person=bulk.person_id, act=UNDO.name, data__of=str(bulk.pk))
    return undone.exclude(confirmed_at=None).order_by("-made_at").first()


def choose(of: Bulk, *, by: User) -> Bulk:
    """Look at what was done, row by row, and keep what was seen; nothing is taken back yet."""
    if not possible(of):
        raise Refused(_("There is no way back from this act: take the steps that lead on from where the rows are."))
    done = [row for row in of.rows.filter(outcome=Outcome.DONE).order_by("-place") if "entry" in row.data]
    if not done:
        raise Refused(_("Nothing was done, so there is nothing to take back."))
    bulk = Bulk(person=by, act=UNDO.name, step=of.step, content_type=of.content_type, data={"of": str(of.pk)})
    with reading():
        return keep(bulk, list(looked_at(bulk, done, by)))


def looked_at(bulk: Bulk, done: list[BulkRow], by: User) -> Any:
    """Each row with what it goes back to, or why it stays: the same queries for many rows as for few."""
    entries = LogEntry.objects.for_timeline().in_bulk([row.data["entry"] for row in done])
    rows = bulk.model._default_manager.visible_to(by).select_related(*bulk.model.READS)
    objs = {obj.pk: obj for obj in rows.filter(pk__in=[row.object_id for row in done])}
    known = [(entries[row.data["entry"]], objs[row.object_id]) for row in done if row.object_id in objs]
    after = after_of(known)
    for place, row in enumerate(done):
        entry, obj = entries[row.data["entry"]], objs.get(row.object_id)
        if obj is None:
            gone = BulkRow(bulk=bulk, place=place, object_id=row.object_id, label=row.label, outcome=Outcome.SHUT)
            gone.says = _("There is nothing here that you can see.")
            yield gone
            continue
        seen = seen_row(bulk, place, obj, why_not(entry, obj, by, after), entry.before)
        seen.data = {"entry": entry.pk}
        yield seen
