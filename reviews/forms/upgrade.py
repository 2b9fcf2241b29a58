"""What the step that takes a newer template asks: that it is the version whose differences were shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.workflow.forms import StepForm

from ..models import TemplateVersion

OTHER = _("Another version of the template was published since you looked. Look at what differs again.")


class UpgradeForm(StepForm):
    """Takes exactly the version that was shown."""

    to: Any = forms.ModelChoiceField(queryset=TemplateVersion.objects.none(), widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newer = self.obj.newer_template
        field: Any = self.fields["to"]
        field.queryset = TemplateVersion.objects.filter(pk__in=[self.newer.pk] if self.newer else [])
        self.initial["to"] = self.newer

    def clean(self) -> dict[str, Any]:
        """Nobody sees the field: what is wrong with it is said of the whole. Where there is no newer one the step says so."""
        data = super().clean() or self.cleaned_data
        self.errors.pop("to", None)
        data.setdefault("to", None)
        if self.newer and data["to"] != self.newer:
            self.data = dict(self.data.items()) | {"to": str(self.newer.pk)}
            raise forms.ValidationError(OTHER)
        return data
