"""Search: one box over everything; the apps say in AppConfig.ready what they find, so that the desk knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from acr_program.people.folding import folded
from acr_program.people.models import User
from acr_program.workflow.offers import offers

EACH = 10
STEPS, STEPS_OF = 5, 2
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
    of: Any = None  # the machine itself, where its steps may be offered


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
    return [*found, *steps_on(user, found)]


def steps_on(user: User, found: list[Found]) -> list[Found]:
    """The steps that are open to this person on the first things found: named like them, each leads to its page."""
    first = [group.hits[0] for group in found if group.hits[0].of is not None][:STEPS_OF]
    hits = [
        Hit(f"{offer.label}: {hit.title}", f"{hit.of.steps_url}{offer.name}/", _("Take this step"), icon="right")
        for hit in first
        for offer in offers(hit.of, user)
        if not offer.unmet and not offer.danger
    ]
    return [Found(_("Steps"), hits[:STEPS], False)] if hits else []


def matching(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Rows whose folded `search` column holds every word, one more than is shown."""
    for word in text.split()[:8]:
        rows = rows.filter(search__contains=word)
    return rows[: EACH + 1]
