"""What the office watches: counts of what went wrong, said by the apps in AppConfig.ready, counted in one query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.ui.lists import ENOUGH
from acr_program.ui.lists import counted as most
from acr_program.ui.parts import View, Waiting
from acr_program.ui.walking import counted_to_enough

Rows = Callable[[], QuerySet[Any] | list[QuerySet[Any]]]
Shown = Callable[[Any], Waiting]
EACH = 50


@dataclass(frozen=True)
class Watch:
    """One kind of exception: its word, its rows (of several models, where it must be), and the page that lists them."""

    key: str
    label: Any
    rows: Rows
    url_name: str
    query: str = ""
    tone: str = "bad"
    show: Shown | None = None
    reads: Callable[[User], bool] = lambda user: True

    @property
    def url(self) -> str:
        if self.show:
            return f"{reverse('desk:exceptions')}#{self.key}"
        try:
            path = reverse(self.url_name)
        except NoReverseMatch:
            return ""
        return f"{path}?{self.query}" if self.query else path


_watched: dict[str, Watch] = {}


def watch(
    key: str,
    label: Any,
    rows: Rows,
    url_name: str = "",
    *,
    query: str = "",
    tone: str = "bad",
    show: Shown | None = None,
    reads: Callable[[User], bool] = lambda user: True,
) -> None:
    """Count these rows on the office's Today, with a link to the page that lists them for those who may read it.

    Where no page does, `show(row)` says each row in the list of exceptions.
    """
    _watched[key] = Watch(key, label, rows, url_name, query, tone, show, reads)


@dataclass(frozen=True)
class Exceptions:
    """Every kind with its count; where all are nought, the sentence that says so."""

    kinds: list[View]
    total: int

    @property
    def said(self) -> str:
        return ", ".join(_("nothing %(kind)s") % {"kind": str(kind.label).lower()} for kind in self.kinds)


def exceptions(user: User) -> Exceptions:
    """In the order they were named, each counted to a thousand: one query."""
    found: dict[str, int] = {}
    for key, number in counted_to_enough([(w.key, rows) for w in _watched.values() for rows in as_list(w.rows())]):
        found[key] = found.get(key, 0) + number
    watched = [w for w in _watched.values() if w.url]
    return Exceptions(
        [
            View(
                w.label, w.url if w.reads(user) else "", said(found.get(w.key, 0)),
                w.tone if found.get(w.key) else "neutral",
            )
            for w in watched
        ],
        sum(found.get(w.key, 0) for w in watched),
    )  # fmt: skip


def as_list(rows: QuerySet[Any] | list[QuerySet[Any]]) -> list[QuerySet[Any]]:
    return rows if isinstance(rows, list) else [rows]


def said(number: int) -> int | str:
    """How many, or that there are more than anybody counts."""
    return most(number) if number > ENOUGH else number


def listed() -> list[tuple[Watch, list[Waiting]]]:
    """The rows that have no list of their own, each kind by itself: one query a kind."""
    found = [
        (w, [w.show(row) for rows in as_list(w.rows()) for row in rows[:EACH]]) for w in _watched.values() if w.show
    ]
    return [(w, rows) for w, rows in found if rows]
