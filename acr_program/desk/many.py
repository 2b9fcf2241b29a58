"""Many people at once, as an import brings them: entered, changed, taken away again; each in its own chain of the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from acr_program.people.folding import folded
from acr_program.people.models import RoleGrant, User
from acr_program.people.roles import program_office

from . import chronicle
from .people import differences


def enter_many(people: Sequence[tuple[User, Iterable[str]]], *, by: User, comment: str) -> list[User]:
    """Save these new people with their roles. Nobody gets a mail: they are invited one by one, from their pages."""
    check(by)
    made = [person for person, _roles in people]
    for person in made:
        person.set_unusable_password()
        person.search = folded(person.name, person.title, person.email)
    with transaction.atomic():
        User.objects.bulk_create(made, batch_size=500)
        grants = [RoleGrant(person=person, role=role) for person, roles in people for role in roles]
        RoleGrant.objects.bulk_create(grants, batch_size=500)
        chronicle.append_many([(person, {}) for person in made], "create", by=by, comment=comment)
    return made


def change_many(people: Iterable[tuple[User, dict[str, Any]]], *, by: User, comment: str) -> None:
    """Change these fields of people whom the caller holds locked; each change in the person's log."""
    check(by)
    differing = [(person, fields, found) for person, fields in people if (found := differences(person, fields))]
    if not differing:
        return
    names = {"version", "search"}
    for person, fields, _found in differing:
        for name, value in fields.items():
            setattr(person, name, value)
            names.add(name)
        person.search = folded(person.name, person.title, person.email)
    with transaction.atomic():
        chronicle.append_many(
            [(person, {"changed": found}) for person, _fields, found in differing], "edit", by=by, comment=comment
        )
        User.objects.bulk_update([person for person, *_rest in differing], sorted(names), batch_size=500)


def remove_many(people: list[User], *, by: User, comment: str) -> None:
    """Take away people whom nothing names; the chain of each stays, and ends with it."""
    check(by)
    with transaction.atomic():
        chronicle.append_many([(person, {"was": person.email}) for person in people], "remove", by=by, comment=comment)
        User.objects.filter(pk__in=[person.pk for person in people]).delete()


def check(by: User) -> None:
    if not program_office(by):
        raise PermissionDenied(_("People are entered by %(who)s.") % {"who": program_office.title})
