"""Of whom somebody sees what a customer is told: as of memberships, so that who is recused sees nothing (K-14)."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from acr_program.people.models import User

from .absent import without_recused


def memberships() -> Any:
    """The rows of the machine in whose ways all this stands; asked late, for its own module reads this one."""
    return apps.get_model("keyaccounts", "Membership")._default_manager


def whose(user: User) -> list[int]:
    return [user.pk, *user.stands_in_for]


def seen_memberships(user: User) -> Any:
    return memberships().visible_to(user).order_by().values("pk")


def hidden_accounts(user: User) -> Any:
    """The accounts from whose way through the programme this person is recused, as a query."""
    seen = without_recused(memberships().all(), user).order_by().values("pk")
    return memberships().exclude(pk__in=seen).order_by().values("account")
