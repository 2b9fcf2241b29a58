"""What is asked of a finding: what was found, how bad it is, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User
from acr_program.ui.forms import Cards, Day, Form, Long
from acr_program.workflow.forms import StepForm

from ..choices import OUT, Decision, Severity
from ..models import PilotWave


class FindingForm(Form):
    """One thing that a wave found."""

    words = Long(label=_("What was found"), rows=4, max_length=1000)
    severity = forms.ChoiceField(label=_("How bad it is"), choices=Severity.choices, widget=Cards)
    candidate: Any = forms.ModelChoiceField(
        label=_("In which pilot"), queryset=None, required=False, empty_label=_("In none alone")
    )
    aspect: Any = forms.ModelChoiceField(
        label=_("In which step or tool"), queryset=None, required=False, empty_label=_("In none alone")
    )

    def __init__(self, *args: Any, wave: PilotWave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pilots = wave.candidates.exclude(status__in=OUT).select_related("account", "wave").ranked()
        candidate, aspect = (self.fields[name] for name in ("candidate", "aspect"))
        candidate.queryset, aspect.queryset = pilots, wave.aspects.all()  # type: ignore[attr-defined]
        candidate.label_from_instance = lambda one: one.account.name  # type: ignore[attr-defined]


class DecideForm(StepForm):
    """Whether it is mended now, before the roll-out or never; by whom, and until when."""

    decision = forms.ChoiceField(label=_("What becomes of it"), choices=Decision.choices, widget=Cards)
    owner: Any = forms.ModelChoiceField(label=_("Who sees to it"), queryset=None)
    due_on = Day(label=_("By"), required=False)
    comment = Long(label=_("Why"), rows=3, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.people().filter(is_active=True)  # type: ignore[attr-defined]
        for name in ("decision", "owner", "due_on"):
            self.fields[name].initial = getattr(self.obj, name)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("decision") not in (None, Decision.NEVER) and "due_on" in given and not given["due_on"]:
            self.add_error("due_on", _("Say by when it is mended."))
        return given
