"""Choosing rows for a step, confirming what was looked at, calling it off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.jobs.clock import duty
from acr_program.people.models import User
from acr_program.ui.lists import ListPage
from acr_program.workflow.book import reading
from acr_program.workflow.errors import Refused
from acr_program.workflow.log import plain
from acr_program.workflow.perform import loggable
from acr_program.workflow.steps import Step

from .acts import acts_on, form_of
from .choices import MOST, Outcome
from .models import Bulk, BulkRow, BulkRun
from .working import leave

UNUSED = timedelta(days=1)


def fits(step: Step) -> bool:
    """Whether one answer can do for many rows: the step asks nothing, or its form says so itself."""
    return step.form is None or bool(vars(form_of(step)).get("same_for_many"))


def steps_of(model: Any) -> dict[str, Step]:
    """The declared steps of a machine; none of anything else."""
    declared: dict[str, Step] = model.declared_steps() if hasattr(model, "declared_steps") else {}
    return declared


def choose(page: ListPage, name: str, picked: list[str], everything: str, *, by: User) -> Bulk:
    """Look at the rows for this step and keep what was seen; nothing is done to them yet."""
    model: Any = page.queryset.model
    step = steps_of(model).get(name)
    act = next((act for act in acts_on(page.known.name) if act.name == name and act.is_for(by)), None)
    if not page.table.pick or not (act or (step and fits(step))):
        raise Refused(_("Say which step is to be taken."))
    objs = chosen(page, picked, everything)
    bulk = Bulk(
        person=by, content_type=ContentType.objects.get_for_model(model), list_name=page.known.name, query=page.query,
    )  # fmt: skip
    if act:
        bulk.act = act.name
        looked = zip(objs, act.looks(objs, by), strict=True)
        return keep(bulk, [act_row(bulk, place, obj, *look) for place, (obj, look) in enumerate(looked)])
    assert step is not None
    bulk.step = name
    return keep(bulk, looked_at(bulk, objs, step, by))


def chosen(page: ListPage, picked: list[str], everything: str) -> list[Any]:
    """The rows that are ticked; with `everything`, all that the filter finds, if they are as many as was said."""
    rows = page.every_row()
    if everything:
        number = page.number
        if number > MOST:
            raise Refused(_("The filter finds more than %(n)s rows. Narrow it first.") % {"n": MOST})
        if str(number) != everything:
            words = _("The filter found %(said)s rows when you chose them all, and finds %(now)s now. Choose again.")
            raise Refused(words % {"said": everything, "now": number})
        return list(rows[:MOST])
    pks = [int(pk) for pk in picked if pk.isdecimal() and len(pk) < 15]
    found = list(rows.filter(pk__in=pks)[:MOST]) if pks else []
    if not found:
        raise Refused(_("No row is chosen: tick those that are meant."))
    return found


def looked_at(bulk: Bulk, objs: Iterable[Any], step: Step, by: User) -> list[BulkRow]:
    """What the step would do to each; what is the same for all is read once."""
    with reading():
        return [row_of(bulk, place, obj, step, by) for place, obj in enumerate(objs)]


def row_of(bulk: Bulk, place: int, obj: Any, step: Step, by: User) -> BulkRow:
    return seen_row(bulk, place, obj, why_not(obj, step, by), step.target)


def seen_row(bulk: Bulk, place: int, obj: Any, shut: str, target: str) -> BulkRow:
    """One row as it is looked at: the reason why nothing can be done to it, else the state that it comes to."""
    label = dict(type(obj)._meta.get_field("status").flatchoices).get(target, target)
    return BulkRow(
        bulk=bulk, place=place, object_id=obj.pk, label=str(obj)[:250], url=obj.get_absolute_url(), before=obj.status,
        seen=obj.version, outcome=Outcome.SHUT if shut else Outcome.OPEN, says=shut or _("becomes: %(s)s") % {"s": label},
    )  # fmt: skip


def act_row(bulk: Bulk, place: int, obj: Any, can: bool, says: str) -> BulkRow:
    return BulkRow(
        bulk=bulk, place=place, object_id=obj.pk, label=str(obj)[:250], url=obj.get_absolute_url(), before=obj.status,
        seen=obj.version, outcome=Outcome.OPEN if can else Outcome.SHUT, says=says,
    )  # fmt: skip


def why_not(obj: Any, step: Step, by: User) -> str:
    """The reasons for which this person cannot take the step on this row now; empty where they can."""
    if obj.status not in step.sources:
        return _("“%(step)s” is not open in this state: %(state)s.") % {
            "step": step.label, "state": obj.get_status_display(),
        }  # fmt: skip
    if not step.is_for(by, obj):
        return _("“%(step)s” is for %(who)s.") % {"step": step.label, "who": step.who}
    return " ".join(obj.unmet(step))


def keep(bulk: Bulk, rows: list[BulkRow]) -> Bulk:
    with transaction.atomic():
        bulk.save(force_insert=True)
        BulkRow.objects.bulk_create(rows, batch_size=500)
    return bulk


def confirm(bulk: Bulk, **data: Any) -> int:
    """Set going what was looked at, with what was answered for all of it; gives back how many rows."""
    with transaction.atomic():
        bulk = Bulk.objects.select_for_update(no_key=True).get(pk=bulk.pk)
        number = bulk.rows.filter(outcome=Outcome.OPEN).count()
        if bulk.confirmed_at or bulk.cancelled_at:
            raise Refused(_("This was set going already, or called off."))
        if not number:
            raise Refused(_("Nothing can be done to any of these rows. Choose others."))
        bulk.confirmed_at, bulk.data = now(), bulk.data | plain(loggable(data))
        bulk.save(update_fields=["confirmed_at", "data"])
        BulkRun.ask(bulk)
    return number


def cancel(bulk: Bulk) -> int:
    """Begin no more rows; gives back how many were done already."""
    with transaction.atomic():
        bulk = Bulk.objects.select_for_update(no_key=True).get(pk=bulk.pk)
        if bulk.ended_at:
            raise Refused(_("This has ended already: each row has its result."))
        bulk.cancelled_at = now()
        bulk.save(update_fields=["cancelled_at"])
        leave(bulk, _("Called off before its turn."))
    return bulk.rows.filter(outcome=Outcome.DONE).count()


def told(bulk: Any) -> str:
    """How the rows of one stand, in words; it carries their counts."""
    words = {
        Outcome.DONE: ngettext("%(n)d done", "%(n)d done", bulk.done), Outcome.REFUSED: _("%(n)d refused"),
        Outcome.LEFT: _("%(n)d not begun"), Outcome.SHUT: _("%(n)d not possible"), Outcome.OPEN: _("%(n)d to be done"),
    }  # fmt: skip
    return ", ".join(said % {"n": getattr(bulk, name)} for name, said in words.items() if getattr(bulk, name))


@duty("bulk.forget", at=time(4, 50))
def forget(moment: datetime) -> None:
    """What was looked at and never set going is not kept: rows move on."""
    Bulk.objects.filter(confirmed_at=None, made_at__lt=moment - UNUSED).delete()
