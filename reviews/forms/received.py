"""What a customer is asked who has the document."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Form


class ReceivedForm(Form):
    """A link may be passed on, so the page asks who says it."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name: the link may have been passed on.")},
    )  # fmt: skip
