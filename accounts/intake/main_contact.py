"""The contact that comes with an account: whoever is first to be addressed, by the CRM."""

from __future__ import annotations

from typing import Any

from acr_program.intake.kinds import Values

from ..actions.contacts import told
from ..models import Account, Contact

PARTS = {"contact_name": "name", "contact_title": "title", "contact_email": "email", "contact_phone": "phone"}


def of_accounts(pks: list[int]) -> dict[int, Values]:
    """What is told of each account's main contact."""
    rows = Contact.objects.filter(account__in=pks, is_main=True).values_list("account_id", "pk", *PARTS.values())
    return {account: dict(zip(PARTS, parts, strict=True)) | {"_contact": pk} for account, pk, *parts in rows}


def given(values: Values) -> Values:
    """The parts of a contact among the values of a row."""
    return {PARTS[name]: value for name, value in values.items() if name in PARTS}


def keep(rows: list[tuple[int, Values, Values]]) -> tuple[dict[int, Values], dict[int, dict[str, Any]]]:
    """Bring the main contacts of accounts (number, what is told, what stands) in line.

    Somebody of another name is another person: the one before stays among the contacts, for reviews may be addressed to
    them. Gives back what undoing needs, and what the accounts' logs say.
    """
    kept: dict[int, Values] = {}
    said: dict[int, dict[str, Any]] = {}
    rows = [row for row in rows if given(row[1])]
    if not rows:
        return kept, said
    known = {(c.account_id, c.name): c for c in Contact.objects.filter(account__in=[pk for pk, *_rest in rows])}
    mains = {contact.pk: contact for contact in known.values() if contact.is_main}
    fresh: list[Contact] = []
    differing: list[Contact] = []
    lowered: list[int] = []
    for pk, values, standing in rows:
        before = mains.get(standing.get("_contact", 0))
        name = values.get("contact_name") or (before.name if before else "")
        if not name:
            continue
        contact = known.get((pk, name)) or Contact(account_id=pk, name=name)
        old = told(contact) | {"phone": contact.phone} if contact.pk else None
        for part, value in given(values).items():
            setattr(contact, part, value)
        contact.is_main = True
        if before and before.pk != contact.pk:
            before.is_main = False
            lowered.append(before.pk)
        (differing if contact.pk else fresh).append(contact)
        kept[pk] = {"made": contact.pk is None, "old": old, "before": before.pk if before else None, "of": contact}
        said[pk] = {"contact": [old, told(contact)]}
    Contact.objects.filter(pk__in=lowered).update(is_main=False)
    Contact.objects.bulk_create(fresh, batch_size=500)
    if differing:
        Contact.objects.bulk_update(differing, ["name", "title", "email", "phone", "is_main"], batch_size=500)
    for one in kept.values():
        one["pk"] = one.pop("of").pk
    return kept, said


def restore(kept: list[Values]) -> None:
    """Put back what stood before; whoever was new goes, where no review is addressed to them."""
    from acr_program.intake.undoing import hanging

    made = [one["pk"] for one in kept if one["made"]]
    held = hanging(Contact, made) if made else {}
    Contact.objects.filter(pk__in=[one["pk"] for one in kept]).update(is_main=False)
    Contact.objects.filter(pk__in=set(made) - held.keys()).delete()
    for one in kept:
        if not one["made"]:
            Contact.objects.filter(pk=one["pk"]).update(**one["old"])
    Contact.objects.filter(pk__in=[one["before"] for one in kept if one["before"]]).update(is_main=True)


def changes(accounts: list[Account], said: dict[int, dict[str, Any]]) -> list[tuple[Account, dict[str, Any]]]:
    """For each account's log."""
    return [(account, said[account.pk]) for account in accounts if account.pk in said]
