"""Writing the requirements: drafts, their measures, and what follows once a version is in force (K-05)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from acr_program.charter.shell import frame
from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.workflow.book import clock
from acr_program.workflow.edit import begin, note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import check_seen, perform

from ..choices_incubation import StandardStatus
from ..models import Measure, Standard
from ..standard_measures import first_measures

FIELDS = ("key", "kind", "title", "words", "unit", "direction", "origin", "entry_target", "maintain_target")


def check_writer(by: User) -> None:
    if not program_managers(by):
        raise PermissionDenied(_("Requirements are written by %(who)s.") % {"who": program_managers.title})


def begin_draft(*, by: User, words: str = "") -> Standard:
    """The next version, with the measures of the newest that was in force, or with a first set to adapt."""
    check_writer(by)
    with transaction.atomic():
        if draft := Standard.objects.filter(status=StandardStatus.DRAFT).first():
            raise Refused(_("“%(draft)s” is being written already: finish it, or discard it.") % {"draft": draft})
        newest = Standard.objects.order_by("-number").first()
        draft = begin(Standard(number=newest.number + 1 if newest else 1, words=words, made_by=by), by=by)
        wanted = [{name: getattr(one, name) for name in FIELDS} for one in measures_before()]
        rows = wanted or first_measures(frame().currency)
        Measure.objects.bulk_create([Measure(standard=draft, place=n, **row) for n, row in enumerate(rows, 1)])
    return draft


def measures_before() -> list[Measure]:
    in_force = Standard.objects.in_force()
    return list(in_force.measures.all()) if in_force else []


def draft_for(standard: Standard, by: User, seen: int | None) -> Standard:
    """The draft as it is now, locked, for whoever may write in it."""
    check_writer(by)
    standard = lock(standard)
    check_seen(standard, seen, None)
    if not standard.is_draft:
        raise Refused(_("This version is no draft any more: begin another one to change it."))
    return standard


def add_measure(standard: Standard, *, by: User, seen: int | None, **said: Any) -> Measure:
    with transaction.atomic():
        standard = draft_for(standard, by, seen)
        last = standard.measures.order_by("-place").first()
        row = Measure(
            standard=standard, key=free_key(standard, said["title"]), place=last.place + 1 if last else 1, **said
        )
        row.save()
        note(standard, by=by, changed={"measure": [None, told(row)]})
    return row


def change_measure(measure: Measure, *, by: User, seen: int | None, **said: Any) -> Measure:
    with transaction.atomic():
        standard = draft_for(measure.standard, by, seen)
        row = standard.measures.get(pk=measure.pk)
        before = told(row)
        for name, value in said.items():
            setattr(row, name, value)
        if before != told(row):
            row.save()
            note(standard, by=by, changed={"measure": [before, told(row)]})
    return row


def remove_measure(measure: Measure, *, by: User, seen: int | None) -> Standard:
    with transaction.atomic():
        standard = draft_for(measure.standard, by, seen)
        row = standard.measures.get(pk=measure.pk)
        note(standard, by=by, changed={"measure": [told(row), None]})
        row.delete()
    return standard


def free_key(standard: Standard, title: str) -> str:
    """A key that no measure of this version has; what was asked under the same title before is followed on."""
    stem = slugify(title)[:36] or "measure"
    taken = set(standard.measures.values_list("key", flat=True))
    return stem if stem not in taken else next(key for n in range(2, 1000) if (key := f"{stem}-{n}") not in taken)


def told(measure: Measure) -> dict[str, Any]:
    return {name: getattr(measure, name) for name in FIELDS}


def retire_before(standard: Standard, entry: LogEntry) -> None:
    """One version is in force at a time."""
    for row in Standard.objects.filter(status=StandardStatus.PUBLISHED).exclude(pk=standard.pk):
        perform(row, "retire", by=clock(), seen=None, inside=entry)
