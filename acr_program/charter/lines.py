"""Writing and taking away a line of the charter: under the program's lock, in the program's log (G-01, P35)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.workflow.edit import note
from acr_program.workflow.locks import lock
from acr_program.workflow.perform import check_seen

from .models import Line, Program


def keep(line: Line, *, by: User, seen: int | None = None, **fields: Any) -> Line:
    """Write a line, new or changed. A changed one names the version of the program it was read at; Stale otherwise."""
    with transaction.atomic():
        program = door(line, by, seen)
        before = type(line)._default_manager.get(pk=line.pk).said() if line.pk else None
        for name, value in fields.items():
            setattr(line, name, value)
        line.program = program
        if before != line.said():
            line.save()
            words = _("“%(line)s” written down.") if before is None else _("“%(line)s” changed.")
            note(program, by=by, changed={line.LOGGED_AS: [before, line.said()]}, comment=words % {"line": line})
    return line


def drop(line: Line, *, by: User, seen: int | None) -> None:
    """Take a line away; the log keeps what stood in it."""
    with transaction.atomic():
        program = door(line, by, seen)
        before, words = line.said(), _("“%(line)s” taken away.") % {"line": line}
        line.delete()
        note(program, by=by, changed={line.LOGGED_AS: [before, None]}, comment=words)


def door(line: Line, by: User, seen: int | None) -> Program:
    """The program as it is now, locked, for somebody who may write in its charter."""
    if not program_managers(by):
        raise PermissionDenied(_("The charter is written by %(who)s.") % {"who": program_managers.title})
    program = lock(Program.objects.get())
    if line.pk:
        check_seen(program, seen, None)
    return program
