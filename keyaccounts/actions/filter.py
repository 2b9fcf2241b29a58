"""Editing a draft of the first filter: begun, its criteria added, changed, removed and moved; each logged with it (K-09).

A criterion is no machine: its changes stand in the log of its version, under that version's lock.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.workflow.edit import begin, edit, note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.perform import check_seen

from ..choices_filter import CriterionKind, FilterStatus
from ..filter_standard import BAR, STANDARD
from ..models import FilterCriterion, FilterVersion

FIELDS = ("kind", "weight", "title", "guidance", "basis", "fact", "compare", "threshold")


def check_manager(by: User) -> None:
    if not program_managers(by):
        raise PermissionDenied(_("The filter is written by %(who)s.") % {"who": program_managers.title})


def begin_draft(*, by: User) -> FilterVersion:
    """The next version: a copy of the one in force, or the standard one where there is none yet; one draft at a time."""
    check_manager(by)
    with transaction.atomic():
        if there := FilterVersion.objects.filter(status=FilterStatus.DRAFT).first():
            raise Refused(_("There is a draft already, %(version)s: work on it, or discard it.") % {"version": there})
        before = FilterVersion.objects.in_force()
        last = FilterVersion.objects.aggregate(last=Max("number"))["last"] or 0
        draft = FilterVersion(number=last + 1, bar=before.bar if before else BAR)
        begin(draft, by=by, copied_from=before.number if before else None)
        FilterCriterion.objects.bulk_create(copies(draft, before))
    return draft


def copies(draft: FilterVersion, before: FilterVersion | None) -> list[FilterCriterion]:
    if before is None:
        return [FilterCriterion(version=draft, place=place, **one) for place, one in enumerate(STANDARD, 1)]
    return [
        FilterCriterion(version=draft, key=one.key, place=place, **{name: getattr(one, name) for name in FIELDS})
        for place, one in enumerate(before.listed, 1)
    ]


def locked(draft: FilterVersion, by: User, seen: int | None) -> FilterVersion:
    """The draft as it is now; refused where it is none any more."""
    check_manager(by)
    draft = lock(draft)
    check_seen(draft, seen, None)
    if not draft.is_draft:
        raise Refused(_("“%(version)s” is no draft any more: draft another version.") % {"version": draft})
    return draft


def set_bar(draft: FilterVersion, *, by: User, seen: int | None, bar: Decimal, key: str | None = None) -> FilterVersion:
    """The least total with which a nomination passes, in points."""
    check_manager(by)
    with transaction.atomic():
        if not lock(draft).is_draft:
            raise Refused(_("“%(version)s” is no draft any more: draft another version.") % {"version": draft})
        return edit(draft, seen=seen, by=by, key=key, bar=bar)


def add(draft: FilterVersion, *, by: User, seen: int | None, **fields: Any) -> FilterVersion:
    """One more criterion, at the end."""
    with transaction.atomic():
        draft = locked(draft, by, seen)
        last = draft.listed[-1].place if draft.listed else 0
        row = FilterCriterion(version=draft, key=free_key(fields["title"]), place=last + 1, **weighed(fields))
        row.save()
        note(
            draft, by=by, changed={"criterion": [None, told(row)]}, comment=_("Added: %(title)s") % {"title": row.title}
        )
    return draft


def change(criterion: FilterCriterion, *, by: User, seen: int | None, **fields: Any) -> FilterVersion:
    """The same criterion in other words, with another weight, or answered otherwise."""
    with transaction.atomic():
        draft = locked(criterion.version, by, seen)
        row = own(draft, criterion)
        before = told(row)
        for name, value in weighed(fields).items():
            setattr(row, name, value)
        if told(row) != before:
            row.save()
            comment = _("Changed: %(title)s") % {"title": row.title}
            note(draft, by=by, changed={"criterion": [before, told(row)]}, comment=comment)
    return draft


def remove(criterion: FilterCriterion, *, by: User, seen: int | None) -> FilterVersion:
    """The draft asks it no more; the versions before keep it."""
    with transaction.atomic():
        draft = locked(criterion.version, by, seen)
        row = own(draft, criterion)
        row.delete()
        note(
            draft,
            by=by,
            changed={"criterion": [told(row), None]},
            comment=_("Removed: %(title)s") % {"title": row.title},
        )
    return draft


def move(criterion: FilterCriterion, *, by: User, seen: int | None, up: bool) -> FilterVersion:
    """One place up or down; at the end of the row nothing moves."""
    with transaction.atomic():
        draft = locked(criterion.version, by, seen)
        rows = list(draft.listed)
        at = rows.index(own(draft, criterion))
        to = at - 1 if up else at + 1
        if 0 <= to < len(rows):
            before = [row.key for row in rows]
            rows[at], rows[to] = rows[to], rows[at]
            for place, row in enumerate(rows, 1):
                row.place = place
            FilterCriterion.objects.bulk_update(rows, ["place"])
            note(draft, by=by, changed={"order": [before, [row.key for row in rows]]})
    return draft


def own(draft: FilterVersion, criterion: FilterCriterion) -> FilterCriterion:
    """The criterion as it is now; refused where somebody has removed it meanwhile."""
    row = draft.criteria.filter(pk=criterion.pk).first()
    if row is None:
        raise Refused(_("This criterion has been removed from the draft."))
    return row


def weighed(fields: dict[str, Any]) -> dict[str, Any]:
    """A must-have gives no points."""
    return fields | {"weight": 0 if fields["kind"] == CriterionKind.MUST else fields["weight"]}


def free_key(title: str) -> str:
    """A key of its own, which no criterion of any version had before."""
    stem = slugify(title)[:36] or "criterion"
    taken = set(FilterCriterion.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return stem if stem not in taken else next(key for n in range(2, 1000) if (key := f"{stem}-{n}") not in taken)


def told(row: FilterCriterion) -> list[Any]:
    """A criterion as the log keeps it."""
    threshold = None if row.threshold is None else str(row.threshold)
    return [row.title, row.kind, row.weight, row.guidance, row.basis, row.fact, row.compare, threshold]
