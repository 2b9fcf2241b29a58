"""Fields that the forms of panels ask alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Long

from ..choices_panel import BEST_SCORE

SCALE = (
    (5, _("5 — could not be better")), (4, _("4 — good")), (3, _("3 — good enough")), (2, _("2 — not good enough")),
    (1, _("1 — poor")),
)  # fmt: skip


class Score(forms.TypedChoiceField):
    """One to five, each said in words."""

    def __init__(self, **kwargs: Any) -> None:
        assert len(SCALE) == BEST_SCORE
        super().__init__(choices=[("", _("Please choose")), *SCALE], coerce=int, empty_value=None, **kwargs)


class Lines(Long):
    """Several short texts, one a line; given back as a list, none twice."""

    def __init__(self, *, longest: int = 200, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[str]:
        lines = list(dict.fromkeys(filter(None, (line.strip() for line in super().clean(value).splitlines()))))
        if long := next((line for line in lines if len(line) > self.longest), None):
            raise ValidationError(
                _("“%(line)s” is too long: at most %(most)d signs."), params={"line": long[:40], "most": self.longest}
            )
        return lines

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value
