"""What the list of scorecards can be narrowed to."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from acr_program.desk.filters import Folded
from acr_program.ui.filters import FilterSet

from .choices_filter import ScorecardStatus, Verdict
from .models import Scorecard

ANY = _("Any")


class ScorecardFilter(FilterSet):
    """By account, state, result and version."""

    search = Folded(field_name="membership__search", label=_("Account"))
    status = django_filters.ChoiceFilter(label=_("State"), choices=ScorecardStatus.choices, empty_label=ANY)
    verdict = django_filters.ChoiceFilter(label=_("Result"), choices=Verdict.choices, empty_label=ANY)
    filter = django_filters.NumberFilter(field_name="filter__number", label=_("Version of the filter"))

    class Meta:
        model = Scorecard
        fields: list[str] = []
