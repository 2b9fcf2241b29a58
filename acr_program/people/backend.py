"""Who a session belongs to, with the roles held now: one query where two would do on every page."""

from __future__ import annotations

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import OuterRef, QuerySet, StringAgg, Subquery, Value

from .models import RoleGrant, User


class Backend(AuthenticationBackend):
    """Signs in as the library does; reads the person with their roles."""

    def get_user(self, user_id: Any) -> User | None:
        user = people_with_roles().filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        vars(user)["roles"] = frozenset(filter(None, (user.held or "").split(",")))
        return user


@cache
def people_with_roles() -> QuerySet[Any]:
    """Everybody with their roles; built once, as each request narrows it to one."""
    held = RoleGrant.objects.filter(person=OuterRef("pk")).values("person")
    names = held.annotate(names=StringAgg("role", Value(","))).values("names")
    return User.objects.order_by("pk").annotate(held=Subquery(names))
