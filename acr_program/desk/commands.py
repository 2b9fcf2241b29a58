"""What a person can begin from anywhere by its name: the navigation, the acts of Today, and what apps add in AppConfig.ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from acr_program.people.folding import folded
from acr_program.people.models import User
from acr_program.ui import nav
from acr_program.ui.shell import address

from .glances import acts_for


@dataclass(frozen=True)
class Command:
    """One thing to do: its name, the page that does it, for whom, and other words it is looked for by."""

    label: Any
    url_name: str
    icon: str
    visible: Callable[[User], bool]
    words: Any = ""


_commands: dict[str, Command] = {}


def command(label: Any, url_name: str, icon: str, visible: Callable[[User], bool], words: Any = "") -> None:
    """Let people find this act by its name; saying the same address again replaces the first."""
    _commands[url_name] = Command(label, url_name, icon, visible, words)


def commands_for(user: User) -> list[Command]:
    """Acts first, then the places of the navigation, each address once; no query."""
    declared = [known for known in _commands.values() if known.visible(user)]
    acts = [Command(act.label, act.url_name, act.icon, act.visible) for act in acts_for(user)]
    places = [Command(e.label, e.url_name, e.icon, e.visible) for e in nav.entries if e.visible(user)]
    found: dict[str, Command] = {}
    for known in (*acts, *declared, *places):
        if url := address(known.url_name):
            found.setdefault(url, known)
    return list(found.values())


def commands_called(user: User, text: str) -> list[Command]:
    """Those whose name or other words hold every word typed."""
    every = text.split()
    return [c for c in commands_for(user) if all(word in folded(f"{c.label} {c.words}") for word in every)]
