"""Versions of the process, as the program manager writes them."""

from __future__ import annotations

from typing import Any

from reviews.actions.describing import WORDS, begin_draft, change_step
from reviews.models import ProcessVersion
from reviews.schedule import days_of
from tests.acting import fresh, office, take


def a_draft() -> ProcessVersion:
    """The draft that is there; a new one in the words of what is in force, where there is none."""
    return fresh(begin_draft(by=office("manager"))[0])


def written(
    process: ProcessVersion, key: str, days: dict[tuple[str, str], int] | None = None, **words: Any
) -> ProcessVersion:
    """The draft with other words, or other days, of one step."""
    row = process.steps.get(key=key)
    said = {name: getattr(row, name) for name in WORDS} | words
    known = days_of(process.pace)
    change_step(row, said, known | (days or {}), by=office("manager"), seen=process.version)
    return fresh(process)


def published(key: str = "gathered", days: dict[tuple[str, str], int] | None = None, **words: Any) -> ProcessVersion:
    """A new version in force, which says this of one step otherwise."""
    return take(written(a_draft(), key, days, **words), "publish", office("manager"))


def each_state() -> list[ProcessVersion]:
    """A version in each state: retired, discarded, in force, a draft."""
    first = ProcessVersion.objects.in_force()
    gone = take(a_draft(), "discard", office("manager"))
    now = published("gathered", {("digital", "gathering"): 9})
    return [fresh(first), fresh(gone), fresh(now), a_draft()]
