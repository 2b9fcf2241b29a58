"""The list of all account plans: whose, how good, when it is reviewed next."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from acr_program.desk.filters import Folded
from acr_program.people.requests import SignedRequest
from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.filters import FilterSet
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage

from ..choices_plan import PlanStatus
from ..models import AccountPlan
from .quality import quality_of, with_demands


def mend(plan: Any) -> str:
    found = quality_of(plan).open
    return str(found[0].says) if found else ""


PLANS = Table(
    columns=[
        Column("account", _("Account"), "membership.account.name", link=True, sub="membership.account.manager.name"),
        Column("year", _("Year"), lambda plan: str(plan.year), plain=lambda plan: plan.year),
        Column("status", _("State")),
        Column("quality", _("Quality"), lambda plan: quality_of(plan).score, num=True),
        Column("mend", _("To mend next"), mend, whole=True, empty=_("nothing")),
        Column("review_on", _("Next review"), nowrap=True, empty=_("not set")),
    ],
    sorts=[Sort("newest", _("Newest"), "-year", "-id"), Sort("oldest", _("Oldest"), "year", "id")],
    noun=(_("account plan"), _("account plans")),
    also=[Column("agreed_on", _("Agreed on"))],
)


class PlanFilter(FilterSet):
    """By account and by state."""

    search = Folded(field_name="membership__account__search", label=_("Account"))
    status = django_filters.ChoiceFilter(label=_("State"), choices=PlanStatus.choices, empty_label=_("Any"))

    class Meta:
        model = AccountPlan
        fields: list[str] = []


@known_list("account-plans", _("Account plans"), page="keyaccounts:plans")
def plan_list(request: SignedRequest) -> ListPage:
    rows = with_demands(AccountPlan.objects.visible_to(request.user).for_list())
    return ListPage(request, PlanFilter(request.GET, queryset=rows.order_by(), request=request), PLANS)
