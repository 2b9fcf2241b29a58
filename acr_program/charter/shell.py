"""Company, contact and year, as every page's frame and every mail says them: one query, kept for half a minute."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Subquery

from acr_program.ui.shell import Contact

from .choices import YearStatus
from .models import Program, ProgramYear

KEPT = 30.0  # seconds: another process hears of a change no later than this


@dataclass(frozen=True)
class Frame:
    company: str = ""
    contact: Contact | None = None
    year: str = ""
    currency: str = ""


class _Kept:
    frame: Frame | None = None
    until: float = 0.0


class Change:
    """A change of program or year in a transaction that is still open, and what was read there after it.

    It hangs among what is to be done on commit: a rollback takes it away, and what was read there with it.
    """

    def __init__(self) -> None:
        self.frame: Frame | None = None

    def __call__(self) -> None:
        drop()


def frame() -> Frame:
    """What was read last, unless it is too old. A database that is away must not break the page that says so."""
    try:
        if change := changed_here():
            change.frame = change.frame or read()
            return change.frame
        if _Kept.frame is None or time.monotonic() > _Kept.until:
            keep(read())
    except DatabaseError:
        return _Kept.frame or Frame()
    return _Kept.frame or Frame()


def changed_here() -> Change | None:
    """The last change that this transaction has made and that nobody else sees yet."""
    waiting = (entry[1] for entry in reversed(connection.run_on_commit))
    return next((act for act in waiting if isinstance(act, Change)), None)


def read() -> Frame:
    running = ProgramYear.objects.filter(status=YearStatus.RUNNING).order_by("-begins_on")
    found = (
        Program.objects.annotate(year=Subquery(running.values("label")[:1]))
        .values_list("company", "manager__name", "manager__email", "manager__is_active", "year", "currency")
        .first()
    )
    if found is None:
        return Frame()
    company, name, email, is_here, year, currency = found
    return Frame(company, Contact(name, email) if is_here else None, year or "", currency)


def keep(frame: Frame) -> None:
    _Kept.frame, _Kept.until = frame, time.monotonic() + KEPT


def forget(**_signal: Any) -> None:
    """Read again: now for this transaction, and for everybody once it is through."""
    transaction.on_commit(Change())


def drop() -> None:
    _Kept.frame = None
