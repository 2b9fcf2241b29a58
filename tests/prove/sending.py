"""A form as it is sent, and how what comes of it is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from acr_program.workflow.log import LogEntry

from .clients import Files


@dataclass
class Sent:
    """One form as it is sent, and what it changes by one: rows of each table, log rows, files, jobs, mails."""

    url: str
    data: dict[str, Any]
    effects: tuple[Callable[[], int], ...]
    files: Files = field(default_factory=dict)

    def count(self) -> list[int]:
        return [int(effect()) for effect in self.effects]


@dataclass
class Page:
    """One path whose form is no step."""

    name: str
    who: str
    make: Callable[[], Sent]


def sent(
    path: str, /, *args: Any, of: Any = None, rows: Any = (), files: Files | None = None, query: str = "", **data: Any
) -> Sent:
    """What is typed on this page, and each thing that comes of it once: one of these rows, one edit in the log of `of`."""
    effects = [many.count for many in (rows if isinstance(rows, tuple) else (rows,))]
    if of is not None:
        data |= {"seen": of.version}
        effects.append(LogEntry.objects.of(of).filter(step="edit").count)
    url = reverse(path, args=args) + (f"?{query}" if query else "")
    return Sent(url, data, tuple(effects), files or {})
