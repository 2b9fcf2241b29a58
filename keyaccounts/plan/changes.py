"""What changed between two versions of a plan, part by part, row by row, field by field (N4.1, N4.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .content import Content, label_of, worded
from .format import BY_KEY, PartFormat
from .kinds import find


@dataclass(frozen=True)
class Changed:
    """One field: what it said, and what it says."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Row:
    """A row that is new, gone or different; `name` is its first field."""

    what: str  # new, gone, changed
    kind: str
    name: str
    fields: tuple[Changed, ...] = ()


@dataclass(frozen=True)
class PartChanges:
    part: PartFormat
    text: Changed | None
    rows: tuple[Row, ...]


def changes(old: Content, new: Content) -> list[PartChanges]:
    """The parts in which something differs, in their order; nothing where both say the same."""
    found = []
    for key, part in BY_KEY.items():
        was, now = (side["parts"].get(key, {"text": "", "rows": {}}) for side in (old, new))
        text = Changed(str(part.asks), was["text"], now["text"]) if was["text"] != now["text"] else None
        names = dict.fromkeys([*was["rows"], *now["rows"]])
        rows = [row for name in names for row in compared(name, was["rows"].get(name, []), now["rows"].get(name, []))]
        if text or rows:
            found.append(PartChanges(part, text, tuple(rows)))
    return found


def compared(key: str, was: list[Content], now: list[Content]) -> list[Row]:
    before, after = {row["id"]: row for row in was}, {row["id"]: row for row in now}
    found = []
    for pk in dict.fromkeys([*before, *after]):
        old, new = before.get(pk), after.get(pk)
        if old is None and new is not None:
            found.append(Row("new", one_of(key), name_of(key, new)))
        elif new is None and old is not None:
            found.append(Row("gone", one_of(key), name_of(key, old)))
        elif old is not None and new is not None and (fields := differing(key, old, new)):
            found.append(Row("changed", one_of(key), name_of(key, new), fields))
    return found


def differing(key: str, old: Content, new: Content) -> tuple[Changed, ...]:
    names: dict[str, Any] = dict.fromkeys([*old, *new])
    return tuple(
        Changed(label_of(key, name), worded(key, name, old.get(name, "")), worded(key, name, new.get(name, "")))
        for name in names
        if old.get(name, "") != new.get(name, "")
    )


def one_of(key: str) -> str:
    one = find(key)
    return str(one.one) if one else key


def name_of(key: str, row: Content) -> str:
    first = next((name for name in row if name != "id"), "")
    return worded(key, first, row.get(first, "")) if first else ""
