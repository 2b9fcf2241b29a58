"""Company, contact and year, as every page's frame and every mail says them: one query, kept for half a minute."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, transaction
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


def frame() -> Frame:
    """What was read last, unless it is too old. A database that is away must not break the page that says so."""
    if _Kept.frame is None or time.monotonic() > _Kept.until:
        try:
            keep(read())
        except DatabaseError:
            return _Kept.frame or Frame()
    return _Kept.frame or Frame()


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
    """Read again: now for this transaction, and once more when it is through."""
    _Kept.frame = None
    transaction.on_commit(drop)


def drop() -> None:
    _Kept.frame = None
