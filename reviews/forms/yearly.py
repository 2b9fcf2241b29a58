"""The rule by which a year's requests are made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.charter.choices import YearStatus
from acr_program.charter.models import ProgramYear
from acr_program.ui.forms import Form
from reviews.choices import Audience


class YearlyForm(Form):
    """Which accounts are due."""

    year: Any = forms.ModelChoiceField(label=_("Program year"), queryset=None, empty_label=None)
    audience = forms.ChoiceField(label=_("Audience"), choices=Audience.choices, initial=Audience.EXECUTIVE)
    customer_months = forms.IntegerField(
        label=_("Customer for at least"), min_value=0, max_value=600, initial=12, help_text=_("In months.")
    )
    since_months = forms.IntegerField(
        label=_("Last review at least so long ago"), min_value=0, max_value=60, initial=10,
        help_text=_("In months. Accounts that never had one are due."),
    )  # fmt: skip
    spare_held = forms.BooleanField(
        label=_("Leave out accounts with an open request for proposal or negotiation"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = ProgramYear.objects.filter(status__in=[YearStatus.RUNNING, YearStatus.COMMUNICATING])
        self.fields["year"].queryset = years.order_by("begins_on")  # type: ignore[attr-defined]
