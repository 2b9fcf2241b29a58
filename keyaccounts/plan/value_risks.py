"""The risk register: every issue of the account plans that is not settled, the gravest first (N2.7; feature 80)."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.choices import AccountStatus
from accounts.marks import beside, marked
from acr_program.desk.filters import Folded
from acr_program.people.models import User
from acr_program.people.requests import SignedRequest
from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.filters import FilterSet
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage

from ..choices_plan import LIVING, FindingKind, FindingState, PartKey, Severity
from ..models import AccountPlan, Finding

UNSETTLED = (FindingState.OPEN, FindingState.IN_HAND)
GRAVITY = {Severity.HIGH: 3, Severity.MIDDLE: 2, Severity.LOW: 1}
ANY = _("Any")


def gravity(row: Any) -> tuple[bool, int]:
    """What is settled comes last; else the gravest first."""
    return row.state not in UNSETTLED, -GRAVITY.get(row.severity, 0)


def unsettled(user: User) -> QuerySet[Any]:
    """Of each account those of its newest living plan, as far as this person sees the plan; next year's plan begins with them."""
    later = AccountPlan.objects.filter(
        membership=OuterRef("plan__membership"), year__gt=OuterRef("plan__year"), status__in=LIVING
    )
    rows = Finding.objects.filter(kind=FindingKind.ISSUE, state__in=UNSETTLED, plan__status__in=LIVING)
    rows = rows.visible_to(user).filter(~Exists(later.order_by()))
    graded = [When(severity=severity, then=Value(weight)) for severity, weight in GRAVITY.items()]
    rows = rows.annotate(gravity=Case(*graded, default=Value(0), output_field=IntegerField()))
    return marked(rows.select_related("plan__membership__account__manager"), "plan__membership__account_id")


def account_of(row: Any) -> Any:
    return row.plan.membership.account


def named(row: Any) -> SafeString | str:
    return beside(account_of(row).name, getattr(row, "mark", ""))


def stands_at(row: Any) -> AccountStatus:
    return AccountStatus(account_of(row).status)


def place_of(row: Any) -> str:
    """Where it is written: the part of its plan."""
    return reverse("keyaccounts:plan-part", args=[row.plan_id, PartKey.VALUE]) + "#issues"


RISKS = Table(
    columns=[
        Column("account", _("Account"), named, link=place_of, sub="plan.membership.account.manager.name",
               plain=lambda row: account_of(row).name),
        Column("words", _("Issue or challenge"), whole=True),
        Column("severity", _("Severity"), plain=lambda row: row.get_severity_display()),
        Column("state", _("State"), plain=lambda row: row.get_state_display()),
        Column("on", _("Since"), nowrap=True),
        Column("source", _("Source"), empty=""),
        Column("stands_at", _("Account stands at"), stands_at, plain=lambda row: str(stands_at(row).label)),
    ],
    sorts=[
        Sort("gravest", _("Gravest first"), "-gravity", "-id"),
        Sort("newest", _("Newest"), "-id"),
        Sort("oldest", _("Oldest"), "id"),
    ],
    noun=(_("issue"), _("issues")),
    also=[Column("manager", _("Account manager"), "plan.membership.account.manager.name")],
)  # fmt: skip


class RiskFilter(FilterSet):
    """By account, by severity, by whether somebody has taken it up."""

    search = Folded(field_name="plan__membership__account__search", label=_("Account"))
    severity = django_filters.ChoiceFilter(label=_("Severity"), choices=Severity.choices, empty_label=ANY)
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[(one.value, one.label) for one in UNSETTLED], empty_label=ANY
    )

    class Meta:
        model = Finding
        fields: list[str] = []


@known_list("risk-register", _("Risk register"), page="keyaccounts:risk-register")
def risk_list(request: SignedRequest) -> ListPage:
    return ListPage(
        request, RiskFilter(request.GET, queryset=unsettled(request.user).order_by(), request=request), RISKS
    )
