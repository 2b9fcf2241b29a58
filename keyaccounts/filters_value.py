"""What the lists of what customers get, are told and know can be narrowed to."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from acr_program.desk.filters import Folded
from acr_program.ui.filters import FilterSet

from .choices_value import KnowingStatus, Occasion, PropositionStatus, StatementStatus
from .models import Knowing, Proposition, Statement

ANY = _("Any")


class PropositionFilter(FilterSet):
    """By account and by state."""

    search = Folded(field_name="account__search", label=_("Account"))
    status = django_filters.ChoiceFilter(label=_("State"), choices=PropositionStatus.choices, empty_label=ANY)

    class Meta:
        model = Proposition
        fields: list[str] = []


class StatementFilter(FilterSet):
    """By account, by state, by what it was written for."""

    search = Folded(field_name="membership__account__search", label=_("Account"))
    status = django_filters.ChoiceFilter(label=_("State"), choices=StatementStatus.choices, empty_label=ANY)
    occasion = django_filters.ChoiceFilter(label=_("Occasion"), choices=Occasion.choices, empty_label=ANY)

    class Meta:
        model = Statement
        fields: list[str] = []


class KnowingFilter(FilterSet):
    """By account, and by how far the customer knows it."""

    search = Folded(field_name="membership__account__search", label=_("Account"))
    status = django_filters.ChoiceFilter(label=_("State"), choices=KnowingStatus.choices, empty_label=ANY)

    class Meta:
        model = Knowing
        fields: list[str] = []
