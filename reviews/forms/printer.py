"""What the printer is asked on his page, and what an event has to hold."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.workflow.forms import CommentForm, StepForm

from .steps import ShipForm


class PrintedForm(StepForm):
    """That the copies are printed; nothing more is asked."""


class ProblemForm(CommentForm):
    """What is in the way."""

    comment = forms.CharField(
        label=_("What is in the way"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what is in the way, so that it can be mended.")},
    )  # fmt: skip


FORMS: dict[str, type[StepForm]] = {"printed": PrintedForm, "ship": ShipForm, "fail": ProblemForm}


class EventForm(forms.Form):
    """One event of printer or carrier, as a program posts it."""

    sender = forms.CharField(max_length=40, required=False, empty_value="printer")
    event_id = forms.CharField(max_length=100)
    kind = forms.CharField(max_length=20)
    order = forms.CharField(max_length=40, required=False)
    carrier = forms.CharField(max_length=80, required=False)
    tracking = forms.CharField(max_length=80, required=False)
    note = forms.CharField(max_length=400, required=False)
