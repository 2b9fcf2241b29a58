"""Small pictures of the year on Today, said by the apps above in AppConfig.ready; each costs one query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from acr_program.people.models import User


@dataclass(frozen=True)
class Glance:
    """A panel on Today: its template and what it shows."""

    template: str
    context: dict[str, Any]


_drawn: list[Callable[[User], Glance | None]] = []


def glance(draw: Callable[[User], Glance | None]) -> Callable[[User], Glance | None]:
    """Show `draw(user)` on Today; None where it is not for this person."""
    if draw not in _drawn:
        _drawn.append(draw)
    return draw


def glances_for(user: User) -> list[Glance]:
    return [shown for draw in _drawn if (shown := draw(user))]
