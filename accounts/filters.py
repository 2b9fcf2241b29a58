"""What the list of accounts may be narrowed to."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from acr_program.desk.filters import Folded
from acr_program.ui.filters import FilterSet

from .choices import AccountStatus, FactKind, OpenEnd, Theater
from .models import Account, Fact

UNITS = """
    WITH RECURSIVE units(unit) AS (
        SELECT MIN(business_unit) FROM accounts_account WHERE business_unit > ''
        UNION ALL
        SELECT (SELECT MIN(business_unit) FROM accounts_account WHERE business_unit > unit) FROM units WHERE unit IS NOT NULL
    )
"""  # leaps along the index from one business unit to the next


class AccountFilter(FilterSet):
    search = Folded(field_name="search", label=_("Name or place"))
    status = django_filters.ChoiceFilter(label=_("State"), choices=AccountStatus.choices, empty_label=_("Any"))
    theater = django_filters.ChoiceFilter(label=_("Theater"), choices=Theater.choices, empty_label=_("Any"))
    business_unit = django_filters.ChoiceFilter(label=_("Business unit"), empty_label=_("Any"))
    manager = Folded(field_name="manager__search", label=_("Account manager"), widget=forms.TextInput())
    holds = django_filters.ChoiceFilter(
        label=_("What holds"), choices=FactKind.choices, empty_label=_("Any"), method="where_it_holds"
    )

    class Meta:
        model = Account
        fields: list[str] = []

    def __init__(self, data: Any = None, queryset: QuerySet[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, queryset, **kwargs)
        self.filters["business_unit"].extra["choices"] = [(unit, unit) for unit in business_units()]

    @staticmethod
    def where_it_holds(rows: QuerySet[Any], _name: str, kind: str) -> QuerySet[Any]:
        return rows.filter(pk__in=Fact.objects.filter(kind=kind, ended_on=None).values("account"))


class OpenEndFilter(FilterSet):
    open = django_filters.ChoiceFilter(
        label=_("What is open"), choices=OpenEnd.choices, empty_label=_("Any"), method="where"
    )

    class Meta:
        model = Account
        fields: list[str] = []

    @staticmethod
    def where(rows: QuerySet[Any], _name: str, kind: str) -> QuerySet[Any]:
        wanted = {
            OpenEnd.MANAGER: Q(manager=None, manager_named=""),
            OpenEnd.NAMED: ~Q(manager_named=""),
            OpenEnd.THEATER: Q(theater=""),
        }
        return rows.filter(wanted[OpenEnd(kind)])


def business_units() -> list[str]:
    """The business units there are, by name: one query, however many accounts."""
    with connection.cursor() as cursor:
        cursor.execute(f"{UNITS} SELECT unit FROM units WHERE unit IS NOT NULL")  # noqa: S608 (both texts are ours)
        return [unit for (unit,) in cursor.fetchall()]
