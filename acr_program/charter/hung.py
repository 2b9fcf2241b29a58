"""What apps above tell the charter, from their AppConfig.ready: the steps of the process, and who delivered how many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Steps = Callable[[], Iterable[tuple[str, Any]]]
Delivered = Callable[[Any], dict[int, int]]
_steps: list[Steps] = []
_delivered: list[Delivered] = []


def process_is(steps: Steps) -> None:
    """The steps of the process, by key and title, in their order."""
    _steps[:] = [steps]


def counted_by(delivered: Delivered) -> None:
    """How many reviews of a year each representative has delivered, by the representative's key: one query."""
    _delivered[:] = [delivered]


def process() -> list[tuple[str, Any]]:
    return [step for steps in _steps for step in steps()]


def delivered(year: Any) -> dict[int, int]:
    """Nothing is counted where no app above counts."""
    return next((count(year) for count in _delivered), {})
