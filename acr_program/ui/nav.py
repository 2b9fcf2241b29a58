"""The way around: what the navigation shows is said by the apps, in AppConfig.ready, never here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

GROUPS = {
    "": "",
    "customers": _("Customers"),
    "program": _("Program"),
    "office": _("Office"),
    "bar": _("Messages"),  # beside the search
    "me": _("Me"),  # behind my name
}


@dataclass(frozen=True)
class Count:
    """A number on a link, with the tone that says how bad it is."""

    number: int
    tone: str = "neutral"


Counter = Callable[[Any], dict[str, Count]]


@dataclass(frozen=True)
class Entry:
    """One link of the shell. `visible` and `count` must not ask the database: they run on every page."""

    label: Any
    url_name: str
    icon: str = ""
    group: str = ""
    order: int = 50
    visible: Callable[[Any], bool] = field(default=lambda user: True)
    count: str = ""  # the key under which the counter of the shell answers


entries: list[Entry] = []
counters: list[Counter] = []


def entry(
    label: Any,
    url_name: str,
    icon: str = "",
    group: str = "",
    order: int = 50,
    visible: Callable[[Any], bool] | None = None,
    count: str | None = None,
) -> None:
    """Put a link into the shell. Saying the same address twice replaces the first, so ready() may run again."""
    if group not in GROUPS:
        raise ValueError(f"There is no navigation group {group!r}; there are {sorted(GROUPS)}.")
    entries[:] = [known for known in entries if (known.url_name, known.group) != (url_name, group)]
    entries.append(Entry(label, url_name, icon, group, order, visible or (lambda user: True), count or ""))
    entries.sort(key=lambda known: (list(GROUPS).index(known.group), known.order))


def count_with(counter: Counter) -> None:
    """The one function that counts for all entries, in one query: counter(user) -> {key: Count}."""
    counters[:] = [counter]
