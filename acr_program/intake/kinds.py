"""What can be imported: each app hands its kinds in, from AppConfig.ready (ARCHITECTURE.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from django.db import models

from acr_program.people.models import User
from acr_program.people.roles import RolePredicate, program_office

from .fields import Field

Values = dict[str, Any]
Key = tuple[str, ...]


class Standing(NamedTuple):
    """What is there under a key: its number, and what it tells, in the words of the fields."""

    pk: int
    values: Values


@dataclass
class Row:
    """One row on its way: what it is to tell, what stands, and what was kept of it once it is taken in."""

    number: int
    key: Key
    values: Values
    standing: Standing | None = None
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)  # each as a sentence: all of them are told at once


class Done(NamedTuple):
    """What was done to one object, as undoing needs it: the kind, its number, whether it is new, what stood before."""

    pk: int
    made: bool
    old: Values
    label: str = ""
    kind: str = ""
    number: int | None = None
    values: Values = {}


@dataclass
class Run:
    """What one pass over a file carries along: who asked, and under which name the file is known."""

    by: User
    source: str
    options: dict[str, Any] = field(default_factory=dict)


class Kind:
    """One kind of row. An instance serves one pass over one file, and may remember what it has looked up.

    `whole` asks for all rows at once, where one row may name another. `similar` is the field by which two are taken for one.
    """

    name: ClassVar[str]
    title: ClassVar[Any]
    noun: ClassVar[tuple[Any, Any]]
    model: ClassVar[type[models.Model]]
    fields: ClassVar[tuple[Field, ...]]
    key: ClassVar[tuple[str, ...]]
    label: ClassVar[tuple[str, ...]]
    may: ClassVar[RolePredicate] = program_office
    whole: ClassVar[bool] = False
    similar: ClassVar[str] = ""
    help: ClassVar[Any] = ""
    do_not_call_in_templates: ClassVar[bool] = True  # a page names kinds; it makes none
    listed: ClassVar[tuple[str, Any]] = (
        "",
        "",
    )  # the page, by its name, where what was taken in is found, and its words

    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def field(cls, name: str) -> Field:
        return next(one for one in cls.fields if one.name == name)

    @classmethod
    def words(cls) -> dict[str, str]:
        """What the values of a row are called where they are shown."""
        return {one.name: str(one.label) for one in cls.fields}

    # --- looking ---

    def prepare(self, rows: list[Row]) -> None:
        """Look up what these rows name: a query for each kind of thing, whatever the number of rows."""

    def look_beside(self, faulty: list[Row]) -> None:
        """Add to their faults what else is wrong with rows of which a cell cannot be read: some of their values are missing."""

    def objection(self, row: Row) -> str:
        """Everything for which this row cannot be taken in; what should be known about it goes to its notes."""
        return ""

    def standing(self, keys: list[Key], *, pks: list[int] | None = None, lock: bool = False) -> dict[Key, Standing]:
        """What is there under these keys, or these numbers: one query or two, whatever their number."""
        raise NotImplementedError

    def complete(self, row: Row) -> None:
        """Add what follows from what the row tells."""

    def names(self) -> Iterable[tuple[int, str]]:
        """Everything there is, by number and name, to find the similar among."""
        return ()

    # --- writing, inside the transaction of the whole file ---

    def too_late(self, rows: list[Row]) -> dict[int, str]:
        """Why some of these rows, by their number, cannot be written any more, whatever the preview said; asked under the lock."""
        return {}

    def create(self, rows: list[Row]) -> list[Done]:
        raise NotImplementedError

    def change(self, rows: list[Row]) -> list[Done]:
        """Write the values of each row; its standing is what is there."""
        raise NotImplementedError

    def after(self) -> list[Done]:
        """What follows once all rows are in; what it did to others is kept for undoing."""
        return []

    # --- undoing: both give back why some were left, by number ---

    def restore(self, done: list[tuple[Done, Values]]) -> dict[int, str]:
        """Put back what stood, in each that is still as this import left it (its values beside it)."""
        raise NotImplementedError

    def remove(self, done: list[tuple[Done, Values]]) -> dict[int, str]:
        """Take away what this import made, where it is still as it was made and nothing hangs on it."""
        raise NotImplementedError

    def after_undo(self) -> None:
        """What follows once all rows are back."""


_kinds: dict[str, type[Kind]] = {}
_follows: dict[str, list[Callable[[Run], list[Done]]]] = {}


def register(kind: type[Kind]) -> None:
    _kinds[kind.name] = kind


def follows(kind: str, act: Callable[[Run], list[Done]]) -> None:
    """Let `act(run)` follow every import of a kind from another app; what it did is undone with it."""
    if act not in _follows.setdefault(kind, []):
        _follows[kind].append(act)


def following(kind: str) -> list[Callable[[Run], list[Done]]]:
    return list(_follows.get(kind, ()))


def kinds() -> dict[str, type[Kind]]:
    """All kinds by name, in the order in which they were handed in."""
    return dict(_kinds)


def kind_of(name: str) -> type[Kind]:
    return _kinds[name]
