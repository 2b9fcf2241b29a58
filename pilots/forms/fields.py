"""Fields that several forms of pilots ask alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Cards, Day

from ..choices import BEST_SCORE

SCALE = (
    (5, _("5 — could not be better")), (4, _("4 — good")), (3, _("3 — good enough")), (2, _("2 — not good enough")),
    (1, _("1 — poor")),
)  # fmt: skip


class Past(Day):
    """A day that is not still to come."""

    default_error_messages = {"future": _("This day is still to come.")}

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > localdate():
            raise ValidationError(self.error_messages["future"])


class Score(forms.TypedChoiceField):
    """One to five, each said in words; nothing is given back as None."""

    def __init__(self, **kwargs: Any) -> None:
        assert len(SCALE) == BEST_SCORE
        choices = [("", _("Please choose")), *SCALE]
        super().__init__(choices=choices, coerce=int, empty_value=None, **kwargs)


class YesNo(forms.TypedChoiceField):
    """A question that is answered by yes or no, and by nothing before it is."""

    def __init__(self, *, yes: Any, no: Any, **kwargs: Any) -> None:
        choices = [("yes", yes), ("no", no)]
        kwargs.setdefault("widget", Cards)
        super().__init__(choices=choices, coerce=lambda said: said == "yes", empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)
