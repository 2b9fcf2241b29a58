"""Entering an account and changing what identifies it; who else approves its reviews."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from acr_program.people.models import User
from acr_program.workflow.edit import begin, edit, note
from acr_program.workflow.registry import consequences

from ..models import Account
from ..places import theater_of
from .rights import check_office


def add(*, by: User, designated_leaders: Iterable[User] = (), **fields: Any) -> Account:
    """A new account, as a prospect; its country tells the theater where none is given."""
    check_office(by)
    fields["theater"] = fields.get("theater") or theater_of(fields.get("country", ""))
    with transaction.atomic():
        account = begin(Account(**fields), by=by)
        if leaders := list(designated_leaders):
            designate(account, leaders, by)
    return account


def change(
    account: Account, *, by: User, seen: int | None, designated_leaders: Iterable[User], **fields: Any
) -> Account:
    """The facts through the second door, and whoever else approves; what apps above hang on «account.edit» follows."""
    check_office(by)
    with transaction.atomic():
        account = edit(account, seen=seen, by=by, **fields)
        if account.version != seen:
            for follow in consequences(account.step_name("edit")):
                follow(account, account.taken.entry)
        designate(account, list(designated_leaders), by)
    return account


def designate(account: Account, leaders: list[User], by: User) -> None:
    """Name who approves after the account manager's own leader."""
    old = sorted(account.designated_leaders.all(), key=lambda person: person.name)
    new = sorted(leaders, key=lambda person: person.name)
    if old != new:
        account.designated_leaders.set(new)
        note(account, by=by, changed={"designated_leaders": [[str(p) for p in old], [str(p) for p in new]]})
