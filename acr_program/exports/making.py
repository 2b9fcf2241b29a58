"""Who writes a file that a worker makes: the lists here, whatever else the apps above, from their AppConfig.ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any

from django.utils.translation import gettext as _

from acr_program.jobs.errors import PermanentError
from acr_program.ui import known

from .reopening import reopen
from .rows import write_xlsx

Writer = Callable[[Any, IO[bytes]], int]

_writers: dict[str, Writer] = {}


def writer(name: str, write: Writer) -> None:
    """Let `write(export, file)` make the files asked for under this name; it answers how many rows are in them.

    It looks again at what the person may see, for hours may lie between, and says how far it is by `export.tell`.
    """
    _writers[name] = write


def write(export: Any, file: IO[bytes]) -> int:
    """Somebody who left gets nothing any more."""
    if not export.person.is_active:
        raise PermanentError(_("Whoever asked for this file may not sign in any more."))
    return _writers.get(export.list_name, write_list)(export, file)


def write_list(export: Any, file: IO[bytes]) -> int:
    with reopen(known.find(export.list_name), export.person, export.query) as page:
        return write_xlsx(page, file)
