"""Search: one box over everything; the apps say in AppConfig.ready what they find, so that the desk knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from acr_program.people.folding import folded
from acr_program.people.models import User

EACH = 10
SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    """One thing found: its name, where it is, what is small under it, and its state where it has one."""

    title: Any
    url: str
    note: Any = ""
    badge: Any = ""
    tone: str = "neutral"
    icon: str = ""


Finder = Callable[[User, str], Sequence[Hit]]


@dataclass(frozen=True)
class Found:
    """What one searcher found; more says that there is more than is shown, all_url where."""

    label: Any
    hits: list[Hit]
    more: bool
    all_url: str = ""


_searchers: dict[str, tuple[int, Any, Finder, str]] = {}


def searcher(key: str, label: Any, find: Finder, *, order: int = 50, all_url: str = "") -> None:
    """Let `find(user, text)` answer the search: one query, EACH + 1 hits at most, only what the person may see.

    The text comes folded, as the `search` columns are. `all_url` names the list that shows all, filtered by `search`.
    """
    _searchers[key] = (order, label, find, all_url)


def find_all(user: User, typed: str) -> list[Found]:
    """What each searcher found, empty ones left out; nothing for less than two letters."""
    text = folded(typed)
    if len(text) < SHORTEST:
        return []
    found = []
    for _order, label, find, all_url in sorted(_searchers.values(), key=lambda known: known[0]):
        hits = list(find(user, text))
        if hits:
            found.append(Found(label, hits[:EACH], len(hits) > EACH, all_url))
    return found


def matching(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Rows whose folded `search` column holds every word, one more than is shown."""
    for word in text.split()[:8]:
        rows = rows.filter(search__contains=word)
    return rows[: EACH + 1]
