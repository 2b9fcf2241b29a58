"""What the lists of pilots can be narrowed to."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.choices import Theater
from acr_program.desk.filters import Folded
from acr_program.people.models import User
from acr_program.ui.filters import FilterSet

from .choices import CandidateStatus, Decision, FindingStatus, Severity, Tier
from .models import Finding, PilotCandidate

ANY = _("Any")


class CandidateFilter(FilterSet):
    """By name, by how the scorecards stand, by state, by where the account is."""

    search = Folded(field_name="search", label=_("Account or manager"))
    tier = django_filters.ChoiceFilter(label=_("Scorecards"), choices=Tier.choices, empty_label=ANY)
    status = django_filters.ChoiceFilter(label=_("State"), choices=CandidateStatus.choices, empty_label=ANY)
    theater = django_filters.ChoiceFilter(label=_("Theater"), choices=Theater.choices, empty_label=ANY)

    class Meta:
        model = PilotCandidate
        fields: list[str] = []


class FindingFilter(FilterSet):
    """By state, severity and decision."""

    status = django_filters.ChoiceFilter(label=_("State"), choices=FindingStatus.choices, empty_label=ANY)
    severity = django_filters.ChoiceFilter(label=_("How bad"), choices=Severity.choices, empty_label=ANY)
    decision = django_filters.ChoiceFilter(label=_("Decision"), choices=Decision.choices, empty_label=ANY)

    class Meta:
        model = Finding
        fields: list[str] = []


class ManagerFilter(FilterSet):
    """By name."""

    q = Folded(field_name="search", label=_("Name"))

    class Meta:
        model = User
        fields: list[str] = []
