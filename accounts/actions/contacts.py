"""The people met at a customer; each change in the log of the account."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from acr_program.people.models import User
from acr_program.workflow.edit import note
from acr_program.workflow.locks import lock
from acr_program.workflow.perform import check_seen

from ..models import Account, Contact
from .rights import check_contact


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
    return {name: getattr(contact, name) for name in ("name", "title", "email", "phone", "is_main")}
