"""Entering an account and changing what identifies it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from acr_program.people.models import User
from acr_program.workflow.edit import begin, edit
from acr_program.workflow.perform import follow_many

from ..models import Account
from ..places import theater_of
from .managers import tell_managers
from .rights import check_office


def add(*, by: User, **fields: Any) -> Account:
    """A new account, as a prospect; its country tells the theater where none is given."""
    check_office(by)
    fields["theater"] = fields.get("theater") or theater_of(fields.get("country", ""))
    return begin(Account(**fields), by=by)


def change(account: Account, *, by: User, seen: int | None, tell: bool = True, **fields: Any) -> Account:
    """The facts through the second door; what apps above hang on “account.edit” follows.

    A new manager is told, except where the caller tells of many accounts at once (`tell_managers`).
    """
    check_office(by)
    with transaction.atomic():
        account = edit(account, seen=seen, by=by, **fields)
        if account.version != seen:
            follow_many([account], "edit", [account.taken.entry])
            if tell:
                tell_managers([account])
    return account
