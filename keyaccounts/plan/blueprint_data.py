"""The register of customer data over all account plans: what is overdue, and whose it is (N4.8 to N4.12)."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from acr_program.desk.filters import Folded
from acr_program.people.requests import SignedRequest
from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.filters import FilterSet
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage

from ..choices_plan import PartKey
from ..models import DataItem
from .actions_waiting import AHEAD, in_work


def is_overdue(row: DataItem) -> bool:
    return row.due is not None and row.due < localdate()


def rhythm(row: DataItem) -> str:
    return ngettext("every day", "every %(n)d days", row.refresh) % {"n": row.refresh}


def in_its_plan(row: DataItem) -> str:
    return f"{reverse('keyaccounts:plan-part', args=[row.plan_id, PartKey.BLUEPRINT])}#data"


DATA = Table(
    columns=[
        Column("item", _("Item"), link=in_its_plan, sub="purpose"),
        Column("account", _("Account"), "plan.membership.account.name"),
        Column("owner", _("Owner"), "owner.name"),
        Column("source", _("From where")),
        Column("place", _("Kept where"), sub="access"),
        Column("refresh", _("Refreshed"), rhythm, nowrap=True, plain=lambda row: row.refresh),
        Column("refreshed_on", _("Last"), nowrap=True, empty=_("never")),
        Column("due", _("Due"), nowrap=True, sort="due"),
    ],
    sorts=[Sort("due", _("Due"), "due", "id"), Sort("newest", _("Newest"), "-id")],
    noun=(_("item"), _("items")),
    also=[Column("purpose", _("What for")), Column("access", _("Who has access"))],
)
WHEN = [("overdue", _("Overdue")), ("soon", _("Due within a week"))]


class DataFilter(FilterSet):
    """By account, and by whether it is overdue."""

    search = Folded(field_name="plan__membership__account__search", label=_("Account"))
    when = django_filters.ChoiceFilter(label=_("When"), choices=WHEN, empty_label=_("Any"), method="by_when")

    class Meta:
        model = DataItem
        fields: list[str] = []

    def by_when(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        today = localdate()
        return rows.filter(due__lt=today) if value == "overdue" else rows.filter(due__range=(today, today + AHEAD))


@known_list("customer-data", _("Customer data that matter"), page="keyaccounts:plan-data")
def data_list(request: SignedRequest) -> ListPage:
    """Of the plans by which accounts are worked, as far as this person sees them."""
    rows = DataItem.objects.visible_to(request.user).filter(plan__in=in_work().values("pk"))
    rows = rows.select_related("owner", "plan__membership__account").order_by()
    return ListPage(request, DataFilter(request.GET, queryset=rows, request=request), DATA)
