"""Kinds of mail: each declared once, beside what posts it, with what its reader may choose about it (feature 91)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .models import Message


@dataclass(frozen=True)
class Group:
    """Kinds that stand together where people choose."""

    title: Any
    says: Any


ASKED = Group(_("What you are asked to do"), _("Somebody waits for you, by name."))
NEWS = Group(_("What happens to reviews"), _("A step was taken that concerns you, and nothing is asked of you alone."))
REMINDERS = Group(_("What stays undone"), _("A day comes near, or has gone by."))
COLLEAGUES = Group(_("Colleagues"), _("Somebody speaks to you, or hands something over."))
APART = Group("", "")  # nobody chooses: the way in, the log's anchor, the digest itself
CUSTOMERS = Group("", "")  # to the customer, who has no choices here


def none_over(lines: Iterable[Message]) -> set[Any]:
    """Nothing of this kind is ever done with before it is read."""
    return set()


@dataclass(frozen=True)
class Kind:
    """One kind of mail, by the name of its template.

    `asks`: it asks its reader personally to decide, so it goes at once, whatever they chose for others.
    `newest`: it tells how a thing stands, so the newest of several about one thing says it all.
    `over`: of lines that wait for the digest, those that need no reading any more.
    """

    name: str
    words: Any
    says: Any = ""
    group: Group = APART
    asks: bool = False
    newest: bool = False
    sums_up: bool = False
    over: Callable[[list[Message]], set[Any]] = none_over

    @property
    def choosable(self) -> bool:
        return not self.asks and self.group not in (APART, CUSTOMERS)

    @property
    def to_customers(self) -> bool:
        return self.group is CUSTOMERS


_kinds: dict[str, Kind] = {}


def declare(name: str, words: Any, says: Any = "", **how: Any) -> Kind:
    """Declare the mail of this template; said in AppConfig.ready of the app that posts it."""
    _kinds[name] = Kind(name, words, says, **how)
    return _kinds[name]


def kind_named(name: str) -> Kind:
    """What was declared; what was not goes at once and nobody chooses (tests/house finds it)."""
    return _kinds.get(name) or Kind(name, name)


def declared() -> list[Kind]:
    return list(_kinds.values())


def choosable() -> list[Kind]:
    """What people choose about, group by group."""
    order = [ASKED, NEWS, REMINDERS, COLLEAGUES]
    return sorted((kind for kind in _kinds.values() if kind.choosable), key=lambda kind: order.index(kind.group))
