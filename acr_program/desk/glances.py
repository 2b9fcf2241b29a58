"""Small pictures of the year on Today, said by the apps above in AppConfig.ready; each costs one query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from acr_program.people.models import User
from acr_program.ui.shell import address


@dataclass(frozen=True)
class Glance:
    """A panel on Today: its template and what it shows."""

    template: str
    context: dict[str, Any]
    beside: bool = False  # among what one only glances at, to the right of a wide page


@dataclass(frozen=True)
class Act:
    """A button on Today's head: what this person begins most often."""

    label: Any
    url_name: str
    icon: str
    visible: Callable[[User], bool]

    @property
    def url(self) -> str:
        return address(self.url_name)


_drawn: list[Callable[[User], Glance | None]] = []
_acts: dict[str, Act] = {}


def glance(draw: Callable[[User], Glance | None]) -> Callable[[User], Glance | None]:
    """Show `draw(user)` on Today; None where it is not for this person."""
    if draw not in _drawn:
        _drawn.append(draw)
    return draw


def glances_for(user: User) -> list[Glance]:
    return [shown for draw in _drawn if (shown := draw(user))]


def act(label: Any, url_name: str, icon: str, visible: Callable[[User], bool]) -> None:
    """Offer a way to begin something on Today; saying the same address again replaces the first."""
    _acts[url_name] = Act(label, url_name, icon, visible)


def acts_for(user: User) -> list[Act]:
    return [known for known in _acts.values() if known.visible(user) and known.url]
