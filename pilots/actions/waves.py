"""Beginning a wave, sizing it, and what follows from its steps (P-01, P-16 to P-19)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from acr_program.charter.functions import keep
from acr_program.charter.models import Function
from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.workflow.edit import begin, note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.perform import check_seen
from reviews.models import ProcessVersion

from ..choices import AspectKind, WaveStatus
from ..models import Aspect, PilotWave
from ..standard import FUNCTIONS, TOOLS

Tested = tuple[str, str, str]  # kind, title, step of the process


def catalogue() -> list[Tested]:
    """Everything that is there to be tested: each step of the process in force, and the tools met on the way (P-19)."""
    steps = [(AspectKind.STEP.value, title, key) for key, title in ProcessVersion.objects.titles()]
    return [*steps, *((AspectKind.TOOL.value, str(title), step) for title, step in TOOLS)]


def begin_wave(*, by: User, **fields: Any) -> PilotWave:
    """A new wave, which tests everything until somebody says otherwise."""
    if not program_managers(by):
        raise PermissionDenied(_("Waves are planned by %(who)s.") % {"who": program_managers.title})
    with transaction.atomic():
        seed_functions(by)
        wave = begin(PilotWave(**fields), by=by)
        Aspect.objects.bulk_create(rows_of(wave, catalogue()))
    return wave


def seed_functions(by: User) -> None:
    """Product management and marketing are the first to be engaged: they are on the list before anybody answers (P-23)."""
    known = {name.casefold() for name in Function.objects.values_list("name", flat=True)}
    for name in map(str, FUNCTIONS):
        if name.casefold() not in known:
            keep(Function(), by=by, name=name, contributor=None)


def rows_of(wave: PilotWave, tested: Sequence[Tested], after: int = 0) -> list[Aspect]:
    return [
        Aspect(wave=wave, kind=kind, title=title, step=step, place=place)
        for place, (kind, title, step) in enumerate(tested, after + 1)
    ]


def check_sizing(wave: PilotWave) -> None:
    """The answers stand once the wave is launched."""
    if wave.status not in (WaveStatus.PLANNING, WaveStatus.SELECTING):
        raise Refused(_("The wave is launched: its sizing stands as it was answered."))


def test_aspects(wave: PilotWave, *, by: User, seen: int | None, tested: Sequence[Tested]) -> PilotWave:
    """These are tested and no others; refused once the selection is open, for candidates are chosen by them."""
    if not program_managers(by):
        raise PermissionDenied(_("Waves are planned by %(who)s.") % {"who": program_managers.title})
    with transaction.atomic():
        wave = lock(wave)
        check_seen(wave, seen, None)
        if wave.status != WaveStatus.PLANNING:
            raise Refused(_("What is tested is settled: the selection is open."))
        before = list(wave.aspects.all())
        wanted = {(kind, title) for kind, title, _step in tested}
        gone = [row for row in before if (row.kind, row.title) not in wanted]
        known = {(row.kind, row.title) for row in before}
        new = rows_of(
            wave, [one for one in tested if one[:2] not in known], max((row.place for row in before), default=0)
        )
        if gone or new:
            Aspect.objects.filter(pk__in=[row.pk for row in gone]).delete()
            Aspect.objects.bulk_create(new)
            note(wave, by=by, changed={"aspects": [[row.title for row in before], [title for _k, title, _s in tested]]})
    return wave
