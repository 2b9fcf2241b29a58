"""What the list of exports may be narrowed to."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.desk.filters import Folded
from acr_program.ui.filters import FilterSet

from .models import Export


class ExportFilter(FilterSet):
    person = Folded(field_name="person__search", label=_("Taken by"), widget=forms.TextInput())
    mass = django_filters.ChoiceFilter(
        label=_("Size"), choices=[("on", _("mass exports of late"))], method="by_mass", empty_label=_("Any")
    )

    class Meta:
        model = Export
        fields: list[str] = []

    def by_mass(self, qs: Any, name: str, value: str) -> Any:
        return qs.mass()
