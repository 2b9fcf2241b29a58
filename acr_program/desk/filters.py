"""What the list of people may be narrowed to."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.folding import folded
from acr_program.people.models import User
from acr_program.ui.filters import FilterSet


class Folded(django_filters.CharFilter):
    """One box over the folded `search` column of a model."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Search"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "search"}))
        super().__init__(**kwargs)

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        for word in folded(value or "").split()[:8]:
            qs = qs.filter(**{f"{self.field_name}__contains": word})
        return qs


class PersonFilter(FilterSet):
    search = Folded(field_name="search", label=_("Name, title, address"))
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=Role.choices, field_name="grants__role", empty_label=_("Any")
    )
    presence = django_filters.ChoiceFilter(
        label=_("Sign-in"), choices=[("on", _("may sign in")), ("off", _("switched off"))], method="by_presence",
        empty_label=_("Both"),
    )  # fmt: skip

    class Meta:
        model = User
        fields: list[str] = []

    def by_presence(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return qs.filter(is_active=value == "on")
