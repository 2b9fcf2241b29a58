"""Writing a draft of the process: begun from the version in force, changed step by step (R-02, G-08)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.workflow.book import click
from acr_program.workflow.edit import begin, edit, note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.perform import again, answered, check_seen

from .. import schedule
from ..choices_process import ProcessStatus as S
from ..models import DescribedStep, ProcessVersion

WORDS = ("title", "entry", "owner", "takes", "guidance")


def begin_draft(*, by: User) -> tuple[ProcessVersion, bool]:
    """A draft in the words and days of the version in force, and whether it is new: there is one at a time.

    The version in force is locked, so that of two who begin the second is led to what the first has made.
    """
    may_describe(by)
    with click():
        in_force = lock(ProcessVersion.objects.in_force())
        if known := ProcessVersion.objects.filter(status=S.DRAFT).first():
            return known, False
        last = ProcessVersion.objects.aggregate(last=Max("number"))["last"]
        draft = ProcessVersion(number=last + 1, pace=in_force.pace)
        draft = begin(draft, by=by, comment=_("Begun from version %(number)s.") % {"number": in_force.number})
        names = [field.attname for field in DescribedStep._meta.concrete_fields]
        rows = in_force.steps.values(*(name for name in names if name not in ("id", "process_id")))
        DescribedStep.objects.bulk_create(DescribedStep(process=draft, **row) for row in rows)
        return draft, True


def may_describe(user: User) -> None:
    """Raises PermissionDenied with a sentence for everybody but the program manager."""
    if not program_managers(user):
        raise PermissionDenied(_("The process is described by the program manager."))


def why_not(process: ProcessVersion) -> str:
    """Why nothing can be edited in this version; empty where it can."""
    if process.status == S.DRAFT:
        return ""
    return _("Only a draft can be edited. What reviews are bound to stays as it is; a new draft begins from it.")


def change_step(
    described: DescribedStep, words: dict[str, str], days: dict[tuple[str, str], int], *, by: User, seen: int | None,
    key: str | None = None,
) -> None:  # fmt: skip
    """Other words of one step, other days of its legs of the plan; what differs is logged as it stood and as it stands.

    The same click again changes nothing. Raises Stale, Refused or PermissionDenied with a sentence.
    """
    may_describe(by)
    with click():
        process = lock(described.process, key)
        if done := answered(process, key):
            again(process, done, "edit")
            return
        check_seen(process, seen, None)
        if reason := why_not(process):
            raise Refused(reason)
        kept = process.steps.get(pk=described.pk)
        differs = {name: words[name] for name in WORDS if getattr(kept, name) != words[name]}
        said = _("“%(title)s” changed.") % {"title": words["title"]}
        inside = None
        if differs:
            changed = {name: [getattr(kept, name), value] for name, value in differs.items()}
            for name, value in differs.items():
                setattr(kept, name, value)
            kept.save(update_fields=list(differs))
            inside = note(process, by=by, changed={"step": [kept.key, kept.key]} | changed, comment=said, key=key)
        pace = schedule.pace_of(schedule.days_of(process.pace) | days)
        edit(process, seen=seen, by=by, key=None if inside else key, inside=inside, comment=said, pace=pace)
