"""How an account stands, in the words in which a customer reads it (K-22)."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from .standing import standing
from .value_content import standing_is


class Told(NamedTuple):
    """One requirement: its target and its value in words, with unit and direction in them."""

    measure: Any
    target: str
    value: str | None
    date: date | None
    met: bool | None


def told(membership: Any, kind: str) -> list[Told]:
    """What decides; what is only watched is not expected of anybody, and what we earn is no customer's to read."""
    return [
        Told(line.measure, line.asked, None if line.value is None else line.said, line.date, line.met)
        for line in standing(membership, kind)
        if line.decides and not line.measure.is_ours_alone
    ]


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    standing_is(told)
