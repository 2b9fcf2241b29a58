"""People for tests, and a way to act as them."""

from __future__ import annotations

from itertools import count
from typing import Any

from acr_program.people.models import RoleGrant, User
from acr_program.workflow.machine import Machine
from acr_program.workflow.perform import perform

numbers = count(1)


def make_user(*roles: str, **fields: Any) -> User:
    """A person who holds these roles."""
    number = next(numbers)
    name = fields.pop("name", f"Person {number}")
    email = fields.pop("email", f"person{number}@example.com")
    user = User.objects.create_user(email, name, fields.pop("password", None), **fields)
    RoleGrant.objects.bulk_create([RoleGrant(person=user, role=role) for role in roles])
    return user


def office(role: str) -> User:
    """Whoever holds this role; somebody new where nobody does."""
    return User.objects.holding(role).first() or make_user(role)


def take(obj: Machine, name: str, by: User, **data: Any) -> Any:
    """Take one step on the object as it stands now."""
    now = fresh(obj)
    return perform(now, name, by=by, seen=now.version, **data)


def fresh(obj: Any) -> Any:
    """The row as it stands now."""
    return type(obj)._default_manager.get(pk=obj.pk)
