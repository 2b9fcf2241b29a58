"""The company's own criteria: begun from the standard ones, worded anew, extended, retired; each change a new version (P-05).

A criterion is no machine: its changes stand in the program's own log, under the program's lock (P35).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from acr_program.charter.models import Program
from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.workflow.edit import note
from acr_program.workflow.errors import Refused, Stale
from acr_program.workflow.locks import lock

from ..choices import OWN_STEP
from ..models import CriteriaVersion, Criterion
from ..standard import STANDARD

Change = Callable[[CriteriaVersion, CriteriaVersion | None], Any]


def newest() -> CriteriaVersion | None:
    return CriteriaVersion.objects.first()


def begin_standard(*, by: User) -> CriteriaVersion:
    """The three criteria of an account and the three characteristics of its manager, to begin with (P-06 to P-14)."""

    def written(now: CriteriaVersion, before: CriteriaVersion | None) -> list[Any]:
        if before is not None:
            raise Refused(_("There are criteria already: word them anew, or add others."))
        rows = [Criterion(first=now, place=place, **one) for place, one in enumerate(STANDARD, 1)]
        Criterion.objects.bulk_create(rows)
        return [None, [row.key for row in rows]]

    return changed(_("The standard criteria"), written, by=by, seen=0)


def add(*, by: User, seen: int, **fields: Any) -> CriteriaVersion:
    """One more criterion."""

    def written(now: CriteriaVersion, before: CriteriaVersion | None) -> list[Any]:
        refuse_second(now, fields["evidence"])
        last = now.criteria.order_by("-place").first()
        row = Criterion(first=now, key=free_key(fields["title"]), place=last.place + 1 if last else 1, **fields)
        row.save()
        return [None, told(row)]

    return changed(_("Added: %(title)s") % {"title": fields["title"]}, written, by=by, seen=seen)


def reword(criterion: Criterion, *, by: User, seen: int, **fields: Any) -> CriteriaVersion:
    """The same criterion in other words, or with other evidence; what was judged by the old words stays theirs."""

    def written(now: CriteriaVersion, before: CriteriaVersion | None) -> list[Any]:
        if fields["evidence"] != criterion.evidence:
            refuse_second(now, fields["evidence"])
        end(criterion, before)
        row = Criterion(first=now, key=criterion.key, place=criterion.place, **fields)
        row.save()
        return [told(criterion), told(row)]

    return changed(_("Reworded: %(title)s") % {"title": fields["title"]}, written, by=by, seen=seen)


def retire(criterion: Criterion, *, by: User, seen: int) -> CriteriaVersion:
    """It is asked no more; of each of account and manager at least one has to stay."""

    def written(now: CriteriaVersion, before: CriteriaVersion | None) -> list[Any]:
        if not now.criteria.filter(about=criterion.about).exclude(pk=criterion.pk).exists():
            raise Refused(_("This is the last criterion about %(whom)s: add another first.") % {"whom": criterion.whom})
        end(criterion, before)
        return [told(criterion), None]

    return changed(_("Retired: %(title)s") % {"title": criterion.title}, written, by=by, seen=seen)


def changed(words: str, change: Change, *, by: User, seen: int) -> CriteriaVersion:
    """The next version, with this change; `seen` is the number of the version that was read. Raises Stale with its sentence."""
    if not program_managers(by):
        raise PermissionDenied(_("Criteria are written by %(who)s.") % {"who": program_managers.title})
    program = Program.objects.first()
    if program is None:
        raise Refused(_("There is no program yet: set it up first."))
    with transaction.atomic():
        program = lock(program)
        before = newest()
        if (before.number if before else 0) != seen:
            raise Stale(_("The criteria have changed since you opened this page. Look at them again, then decide."))
        now = CriteriaVersion.objects.create(number=seen + 1, by=by, words=words[:400])
        note(program, by=by, changed={"criteria": change(now, before)}, comment=words)
    return now


def end(criterion: Criterion, before: CriteriaVersion | None) -> None:
    """The version before this one was its last."""
    if criterion.last_id is not None:
        raise Refused(_("“%(criterion)s” is not in force any more.") % {"criterion": criterion})
    criterion.last = before
    criterion.save(update_fields=["last"])


def refuse_second(now: CriteriaVersion, evidence: str) -> None:
    """What one person says in a step of theirs is asked once."""
    there = now.criteria.filter(evidence=evidence).first() if evidence in OWN_STEP else None
    if there:
        raise Refused(
            _("“%(criterion)s” asks for the same already: it can be asked once alone.") % {"criterion": there}
        )


def free_key(title: str) -> str:
    """A key of its own, which no criterion had before."""
    stem = slugify(title)[:36] or "criterion"
    taken = set(Criterion.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return stem if stem not in taken else next(key for n in range(2, 1000) if (key := f"{stem}-{n}") not in taken)


def told(criterion: Criterion) -> list[str]:
    return [criterion.title, criterion.words, criterion.about, criterion.part_of, criterion.evidence]
