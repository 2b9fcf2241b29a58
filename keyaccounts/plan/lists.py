"""The list of all account plans: whose, how good, when it is reviewed next."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from acr_program.desk.filters import Folded
from acr_program.people.requests import SignedRequest
from acr_program.ui import markup
from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.filters import FilterSet
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage

from ..choices_plan import PlanStatus, Side
from ..models import AccountPlan
from .quality import quality_of, with_demands
from .relation_research import KNOWN, known_of, one_kind_only


def mend(plan: Any) -> str:
    found = quality_of(plan).open
    return str(found[0].says) if found else ""


def research(plan: Any) -> Any:
    """Which kinds of research it knows; of one kind only, it is flagged (N3.8)."""
    which = known_of(plan)
    return markup.badge(KNOWN[which], "warn", "bare") if which in Side.values else str(KNOWN[which])


PLANS = Table(
    columns=[
        Column("account", _("Account"), "membership.account.name", link=True, sub="membership.account.manager.name"),
        Column("year", _("Year"), lambda plan: str(plan.year), plain=lambda plan: plan.year),
        Column("status", _("State")),
        Column("quality", _("Quality"), lambda plan: quality_of(plan).score, num=True),
        Column("mend", _("To mend next"), mend, whole=True, empty=_("nothing")),
        Column("research", _("Research"), research, plain=lambda plan: str(KNOWN[known_of(plan)])),
        Column("review_on", _("Next review"), nowrap=True, empty=_("not set")),
    ],
    sorts=[Sort("newest", _("Newest"), "-year", "-id"), Sort("oldest", _("Oldest"), "year", "id")],
    noun=(_("account plan"), _("account plans")),
    also=[Column("agreed_on", _("Agreed on"))],
)


class PlanFilter(FilterSet):
    """By account, by state, and those whose research is of one kind only."""

    search = Folded(field_name="membership__account__search", label=_("Account"))
    status = django_filters.ChoiceFilter(label=_("State"), choices=PlanStatus.choices, empty_label=_("Any"))
    research = django_filters.ChoiceFilter(
        label=_("Research"), choices=[("one", _("Of one kind only"))], empty_label=_("Any"), method="of_one_kind"
    )

    class Meta:
        model = AccountPlan
        fields: list[str] = []

    def of_one_kind(self, rows: Any, _name: str, _value: str) -> Any:
        return one_kind_only(rows)


@known_list("account-plans", _("Account plans"), page="keyaccounts:plans")
def plan_list(request: SignedRequest) -> ListPage:
    rows = with_demands(AccountPlan.objects.visible_to(request.user).for_list())
    return ListPage(request, PlanFilter(request.GET, queryset=rows.order_by(), request=request), PLANS)
