"""What the lists of star performers and of their lessons can be narrowed to."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from acr_program.desk.filters import Folded
from acr_program.ui.filters import FilterSet
from reviews.choices_voices import StarStatus
from reviews.filters import ANY
from reviews.models import StarPerformer, TouchPoint


class StarFilter(FilterSet):
    """By their name and their state."""

    q = Folded(field_name="person__search", label=_("Name"))
    state = django_filters.ChoiceFilter(
        label=_("State"), field_name="status", choices=StarStatus.choices, empty_label=ANY
    )

    class Meta:
        model = StarPerformer
        fields: list[str] = []


class LessonFilter(FilterSet):
    """By who said it."""

    q = Folded(field_name="person__search", label=_("Name"))

    class Meta:
        model = TouchPoint
        fields: list[str] = []
