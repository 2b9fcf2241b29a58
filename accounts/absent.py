"""From whom an account is absent for a while, as an app above says (docs/decisions/0930-from-whom-an-account-is-absent.md).

An executive sees all accounts; one who is in conflict with a decision on an account sees nothing of it while it is decided.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from acr_program.people.choices import Role
from acr_program.people.models import User

_absent: list[Callable[[User], Any]] = []


def absent_from(keys: Callable[[User], Any]) -> None:
    """Let `keys(user)`, a subquery of the keys of accounts, say what is absent from this person; in AppConfig.ready."""
    if keys not in _absent:
        _absent.append(keys)


def without_absent(rows: Any, user: User, account: str = "pk") -> Any:
    """The same rows without those of accounts that are absent; executives alone decide on accounts, nobody else is asked."""
    if user.has(Role.EXECUTIVE):
        for keys in _absent:
            rows = rows.exclude(**{f"{account}__in": keys(user)})
    return rows
