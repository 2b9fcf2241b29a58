"""Who may: predicates with a name, so that a button, a page and a table can say who."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .choices import Role
from .models import User


class RolePredicate(Protocol):
    """Whether this person plays the part, towards this object."""

    title: str | Promise
    __name__: str

    def __call__(self, user: User, obj: Any = None) -> bool: ...


def role(title: str | Promise) -> Callable[[Callable[..., bool]], RolePredicate]:
    """Name a predicate (user, obj) -> bool."""

    def named(predicate: Callable[..., bool]) -> RolePredicate:
        predicate.title = title  # type: ignore[attr-defined]
        return cast(RolePredicate, predicate)

    return named


def holder_of(title: str | Promise, *roles: str) -> RolePredicate:
    """The predicate of those who hold one of these roles, whatever the object."""

    @role(title)
    def holds(user: User, obj: Any = None) -> bool:
        return user.has(*roles)

    holds.__name__ = "_or_".join(roles)
    return holds


administrators = holder_of(_("a program administrator"), Role.ADMIN)
program_managers = holder_of(_("the program manager"), Role.MANAGER)
program_office = holder_of(_("the program office"), Role.ADMIN, Role.MANAGER)
overseers = holder_of(_("the program office or an auditor"), Role.ADMIN, Role.MANAGER, Role.AUDITOR)
leaders = holder_of(_("a sales leader"), Role.LEADER)
reps = holder_of(_("a sales representative"), Role.REP)
contributors = holder_of(_("a contributor"), Role.CONTRIBUTOR)
executives = holder_of(_("a senior executive"), Role.EXECUTIVE)


@role(_("the clock"))
def the_clock(user: User, obj: Any = None) -> bool:
    return user.is_system and user.email.startswith("clock@")


@role(_("the customer, by a signed link"))
def the_customer(user: User, obj: Any = None) -> bool:
    return user.is_system and user.email.startswith("customer@")


@role(_("the printer or carrier, by a signed link or event"))
def the_printer(user: User, obj: Any = None) -> bool:
    return user.is_system and user.email.startswith("printer@")


@role(_("everybody who is signed in"))
def anyone(user: User, obj: Any = None) -> bool:
    return user.is_active and not user.is_system
