"""What an evidence pack is made of: chapters that apps hand in from their AppConfig.ready (M24)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from acr_program.files.packing import Content
from acr_program.people.models import User
from acr_program.people.roles import overseers
from reviews.models import ReviewRequest


@dataclass(frozen=True)
class Reader:
    """For whom a pack is made: the office and the auditor read the notes that are kept among ourselves as well."""

    internal: bool

    @classmethod
    def of(cls, user: User) -> Reader:
        return cls(internal=overseers(user))


@dataclass(frozen=True)
class Words:
    """Some text as it was written, with who wrote it and when."""

    title: str
    note: str
    text: str


@dataclass(frozen=True)
class Chapter:
    """One part of a review as the pack tells it. `files` go into the review's folder, by a path that is portable.

    A chapter with nothing in it says so by `none`; nothing in it may depend on the day on which it is asked for.
    """

    title: str
    none: str
    facts: Sequence[tuple[str, Any]] = ()
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = ()
    texts: Sequence[Words] = ()
    files: dict[str, Content] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not (self.facts or self.rows or self.texts or self.files)


Draw = Callable[[ReviewRequest, Reader], Chapter | None]

_parts: dict[str, tuple[int, Draw]] = {}


def evidence(key: str, draw: Draw, *, order: int) -> None:
    """Hand in a chapter: `draw(review, reader)` tells it, or None where it is not for this reader or this review."""
    _parts[key] = (order, draw)


def chapters_of(review: ReviewRequest, reader: Reader) -> list[tuple[str, Chapter]]:
    """Every chapter with its key, in the order in which they are read."""
    told = ((key, draw(review, reader)) for key, (_order, draw) in sorted(_parts.items(), key=lambda item: item[1][0]))
    return [(key, chapter) for key, chapter in told if chapter]


def dated(*words: Any) -> str:
    """What is there of these, with commas."""
    return ", ".join(str(word) for word in words if word)


def rows_of(things: Iterable[Any], *cells: Callable[[Any], Any]) -> list[list[Any]]:
    return [[cell(thing) for cell in cells] for thing in things]
