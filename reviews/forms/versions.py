"""Which version of the standard template, or of the process, another one is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.ui.forms import Form
from reviews.models import ProcessVersion, TemplateVersion

Version = TemplateVersion | ProcessVersion


class AgainstForm(Form):
    """Which version it is compared with."""

    against = forms.ChoiceField(label=gettext_lazy("Compared with"), required=True)

    def __init__(self, others: Sequence[Version], chosen: Version | None) -> None:
        super().__init__(initial={"against": chosen and chosen.pk})
        field: Any = self.fields["against"]
        words = _("version %(n)s, %(state)s")
        field.choices = [
            (one.pk, words % {"n": one.number, "state": one.get_status_display().lower()}) for one in others
        ]
