"""What the lists of incubation can be narrowed to."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from acr_program.desk.filters import Folded
from acr_program.ui.filters import FilterSet

from .choices_incubation import CycleStatus, SpendingState, WaiverKind
from .models import IncubationCycle, Spending, Waiver

ANY = _("Any")


class CycleFilter(FilterSet):
    """By account and state."""

    search = Folded(field_name="membership__search", label=_("Account"))
    status = django_filters.ChoiceFilter(label=_("State"), choices=CycleStatus.choices, empty_label=ANY)

    class Meta:
        model = IncubationCycle
        fields: list[str] = []


class SpendingFilter(FilterSet):
    """By state."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=SpendingState.choices, empty_label=ANY)

    class Meta:
        model = Spending
        fields: list[str] = []


class WaiverFilter(FilterSet):
    """By account and by what is lifted."""

    search = Folded(field_name="membership__search", label=_("Account"))
    kind = django_filters.ChoiceFilter(label=_("What is lifted"), choices=WaiverKind.choices, empty_label=ANY)

    class Meta:
        model = Waiver
        fields: list[str] = []
