"""What the list of questions may be narrowed to."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from acr_program.desk.filters import Folded
from acr_program.ui.filters import FilterSet

from .choices import InquiryStatus
from .models import Inquiry


class InquiryFilter(FilterSet):
    """By who asked, and by state."""

    q = Folded(field_name="asked_by__search", label=_("Asked by"))
    state = django_filters.ChoiceFilter(
        label=_("State"), field_name="status", choices=InquiryStatus.choices, empty_label=_("Any")
    )

    class Meta:
        model = Inquiry
        fields: list[str] = []
