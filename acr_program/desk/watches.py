"""What the office watches: counts of what went wrong, said by the apps in AppConfig.ready, counted in one query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value
from django.urls import NoReverseMatch, reverse

from acr_program.ui.parts import View

Rows = Callable[[], QuerySet[Any]]


@dataclass(frozen=True)
class Watch:
    """One kind of exception: its word, its rows, and the page that lists them."""

    key: str
    label: Any
    rows: Rows
    url_name: str
    query: str = ""
    tone: str = "bad"

    @property
    def url(self) -> str:
        try:
            path = reverse(self.url_name)
        except NoReverseMatch:
            return ""
        return f"{path}?{self.query}" if self.query else path


_watched: dict[str, Watch] = {}


def watch(key: str, label: Any, rows: Rows, url_name: str, *, query: str = "", tone: str = "bad") -> None:
    """Count these rows on the office's Today, with a link to the page that lists them."""
    _watched[key] = Watch(key, label, rows, url_name, query, tone)


def exceptions() -> list[View]:
    """Every kind with its count, in the order they were named: one query."""
    first, *others = [counted(watched) for watched in _watched.values()] or [None]
    found = dict(first.union(*others, all=True)) if first is not None else {}
    return [
        View(w.label, w.url, found.get(w.key, 0), w.tone if found.get(w.key) else "neutral")
        for w in _watched.values()
        if w.url
    ]


def counted(watched: Watch) -> QuerySet[Any]:
    kind = Value(watched.key, output_field=CharField())
    return watched.rows().order_by().annotate(watch=kind).values("watch").annotate(n=Count("pk")).values_list("watch", "n")
