"""Writes to an account that are no step: its facts, its designated leaders, the people met there; all in its own log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.roles import program_office
from acr_program.workflow.edit import begin, edit, note
from acr_program.workflow.locks import lock
from acr_program.workflow.perform import check_seen
from acr_program.workflow.registry import consequences

from .models import Account, Contact


def add(*, by: User, designated_leaders: Iterable[User] = (), **fields: Any) -> Account:
    """A new account, as a prospect."""
    check_office(by)
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


def keep_contact(account: Account, contact: Contact, *, by: User, seen: int | None, **fields: Any) -> Contact:
    """Add or change somebody at the customer; whoever is first to be addressed takes that from the one before."""
    check_contact(account, by)
    with transaction.atomic():
        account = lock(account)
        check_seen(account, seen, None)
        before = told(contact) if contact.pk else None
        for name, value in fields.items():
            setattr(contact, name, value)
        contact.account = account
        if contact.is_main:
            account.contacts.filter(is_main=True).exclude(pk=contact.pk).update(is_main=False)
        contact.save()
        if before != told(contact):
            note(account, by=by, changed={"contact": [before, told(contact)]})
    return contact


def drop_contact(account: Account, contact: Contact, *, by: User) -> None:
    """Somebody who is no longer there."""
    check_contact(account, by)
    with transaction.atomic():
        account = lock(account)
        note(account, by=by, changed={"contact": [told(contact), None]})
        contact.delete()


def told(contact: Contact) -> dict[str, Any]:
    return {name: getattr(contact, name) for name in ("name", "title", "email", "is_main")}


def check_office(by: User) -> None:
    if not program_office(by):
        raise PermissionDenied(_("Accounts are changed by %(who)s.") % {"who": program_office.title})


def check_contact(account: Account, by: User) -> None:
    if not (program_office(by) or by.acts_as(account.manager_id)):
        raise PermissionDenied(
            _("Contacts are changed by the account manager, or by %(who)s.") % {"who": program_office.title}
        )
