"""What the list of accounts before a panel can be narrowed to."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from acr_program.desk.filters import Folded
from acr_program.ui.filters import FilterSet

from .choices_panel import PanelKind, ReviewStatus
from .models import PanelReview

ANY = _("Any")


class ReviewFilter(FilterSet):
    """By name of the account, by state, by what is asked."""

    search = Folded(field_name="membership__search", label=_("Account"))
    status = django_filters.ChoiceFilter(label=_("State"), choices=ReviewStatus.choices, empty_label=ANY)
    kind = django_filters.ChoiceFilter(label=_("What is asked"), choices=PanelKind.choices, empty_label=ANY)

    class Meta:
        model = PanelReview
        fields: list[str] = []
