"""What the office watches: counts of what went wrong, said by the apps in AppConfig.ready, counted in one query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.ui.lists import ENOUGH
from acr_program.ui.lists import counted as most
from acr_program.ui.parts import View, Waiting
from acr_program.ui.phrases import day
from acr_program.ui.walking import counted_to_enough

from .telling import Telling, Told, told

Rows = Callable[[], QuerySet[Any] | list[QuerySet[Any]]]
EACH, OF_ONE = 20, 200  # rows of each kind where all stand together, and of one kind by itself


@dataclass(frozen=True)
class Watch:
    """One kind of exception: its word, its rows (of several models, where it must be), and the page that lists them."""

    key: str
    label: Any
    rows: Rows
    url_name: str
    query: str = ""
    tone: str = "bad"
    telling: Telling | None = None
    reads: Callable[[User], bool] = lambda user: True

    @property
    def url(self) -> str:
        """Where its rows stand: in the one list of exceptions, if they are said there."""
        return f"{reverse('desk:exceptions')}?kind={self.key}" if self.telling else self.whole

    @property
    def whole(self) -> str:
        """The list of its own, with filters and export, where there is one."""
        if not self.url_name:
            return ""
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
    telling: Telling | None = None,
    reads: Callable[[User], bool] = lambda user: True,
) -> None:
    """Count these rows on the office's Today, and say each in the list of exceptions as `telling` has it.

    `url_name` is the page that lists them all, for those who may read it.
    """
    _watched[key] = Watch(key, label, rows, url_name, query, tone, telling, reads)


@dataclass(frozen=True)
class Exceptions:
    """Every kind with its count; where all are nought, the sentence that says so."""

    kinds: list[View]
    total: int

    @property
    def said(self) -> str:
        return ", ".join(_("nothing %(kind)s") % {"kind": str(kind.label).lower()} for kind in self.kinds)


def exceptions(user: User, chosen: str = "") -> Exceptions:
    """In the order they were named, each counted to a thousand: one query."""
    found: dict[str, int] = {}
    for key, number in counted_to_enough([(w.key, rows) for w in _watched.values() for rows in as_list(w.rows())]):
        found[key] = found.get(key, 0) + number
    watched = [w for w in _watched.values() if w.url]
    return Exceptions(
        [
            View(
                w.label, w.url if w.reads(user) else "", said(found.get(w.key, 0)),
                w.tone if found.get(w.key) else "neutral", w.key == chosen,
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


def watched(key: str, user: User) -> Watch | None:
    """The kind of this name, for whoever may read it."""
    found = _watched.get(key)
    return found if found and found.reads(user) else None


def listed(user: User, kind: str = "", search: str = "") -> list[Waiting]:
    """The rows of every kind, or of one, longest waiting first, each with what to do: one query."""
    asked = [w for w in _watched.values() if w.telling and w.reads(user) and kind in ("", w.key)]
    rows = [(w.key, w.telling, found) for w in asked if w.telling for found in as_list(w.rows())]
    return [row_of(one) for one in told(rows, each=OF_ONE if kind else EACH, search=search)]


def row_of(one: Told) -> Waiting:
    kind = _watched[one.kind]
    assert kind.telling is not None
    words = _("%(kind)s, since %(day)s") if one.at else "%(kind)s"
    when = words % {"kind": kind.label, "day": day(localtime(one.at)) if one.at else ""}
    return Waiting(
        kind.telling.named(one.title), kind.telling.url(one.key), when, one.note, kind.tone, kind.telling.act
    )
