"""What is asked of a measure: what it measures, which way, and its targets to enter and to stay (K-05)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Cards, Form, Long

from ..choices_incubation import Direction, MeasureKind, Origin
from ..models import Measure


class MeasureForm(Form):
    """One requirement, checkpoint or indicator."""

    kind = forms.ChoiceField(label=_("Kind"), choices=MeasureKind.choices, widget=Cards(notes=MeasureKind.notes))
    title = forms.CharField(label=_("What is measured"), max_length=120)
    words = Long(
        label=_("What it means in your company"), rows=3, required=False, max_length=1000,
        help_text=_("The customer reads it as well, once the requirements are told."),
    )  # fmt: skip
    origin = forms.ChoiceField(
        label=_("Where its value comes from"), choices=Origin.choices, initial=Origin.PEOPLE,
        help_text=_("What decides is told to the customer, with its value; only a margin is not."),
    )  # fmt: skip
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False, help_text=_("Like %, days or a currency."))
    direction = forms.ChoiceField(
        label=_("Which way is good"), choices=Direction.choices, widget=Cards, initial=Direction.AT_LEAST
    )
    entry_target = forms.DecimalField(
        label=_("Target to enter"), required=False, max_digits=16, decimal_places=4,
        help_text=_("What an account has to show to get the status."),
    )  # fmt: skip
    maintain_target = forms.DecimalField(
        label=_("Target to stay"), required=False, max_digits=16, decimal_places=4,
        help_text=_("What it has to show each year to keep it."),
    )  # fmt: skip

    def __init__(self, *args: Any, measure: Measure | None = None, **kwargs: Any) -> None:
        if measure is not None:
            kwargs.setdefault("initial", {name: plain(getattr(measure, name)) for name in self.base_fields})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """What decides has a target."""
        given = self.cleaned_data
        targets = [given.get("entry_target"), given.get("maintain_target")]
        wrong = {"entry_target", "maintain_target"} & set(self.errors)
        if given.get("kind") != MeasureKind.INDICATOR and targets == [None, None] and not wrong:
            self.add_error("entry_target", _("What decides needs a target to enter, one to stay, or both."))
        return given


def plain(value: Any) -> Any:
    """A target without the zeros that the column adds."""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value
