"""Which candidates become the pilots of a wave: ticked as the coverage plan says, to be changed by hand (M9)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Several
from acr_program.workflow.forms import StepForm

from ..planned import planned
from ..planning.problem import Hand


class PlanForm(StepForm):
    """Whoever is ticked is selected, the others are not."""

    pilots = forms.TypedMultipleChoiceField(
        label=_("Pilots"), widget=Several, coerce=int, required=False, help_text=_("Ticked are those of the coverage plan."),
        error_messages={"invalid_choice": _("One of them cannot be selected any more: look at the plan again.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = planned(self.obj)
        field: Any = self.fields["pilots"]
        free = [one for one in found.plan.problem.candidates if one.hand is not Hand.EXCLUDED]
        field.choices = [(one.key, one.name) for one in sorted(free, key=lambda one: one.name)]
        field.initial = [one.key for one in found.plan.pilots]
