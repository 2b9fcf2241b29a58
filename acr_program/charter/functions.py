"""Who contributes for which function. A function is no machine: its changes stand in the program's own log (P35)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.workflow.edit import note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock

from .models import Function, Program


def keep(function: Function, *, by: User, name: str, contributor: User | None) -> Function:
    """Add a function, or change its name or who answers for it; sections asked for already stay with whom they are."""
    if not program_managers(by):
        raise PermissionDenied(_("Functions are changed by %(who)s.") % {"who": program_managers.title})
    program = Program.objects.first()
    if program is None:
        raise Refused(_("There is no program yet: set it up first."))
    with transaction.atomic():
        program = lock(program)
        old = Function.objects.filter(pk=function.pk).select_related("contributor").first() if function.pk else None
        function.name, function.contributor = name, contributor
        changed = difference(old, function)
        if changed:
            save(function)
            note(program, by=by, changed={"functions": changed})
    return function


def save(function: Function) -> None:
    try:
        with transaction.atomic():
            function.save()
    except IntegrityError:
        raise Refused(_("There is a function of this name already.")) from None


def difference(old: Function | None, new: Function) -> list[Any]:
    before = [old.name, str(old.contributor or "")] if old else None
    after = [new.name, str(new.contributor or "")]
    return [] if before == after else [before, after]
