"""What is asked to order copies, and to change an order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Day, Form
from acr_program.workflow.forms import CommentForm
from reviews.choices import Binding, Paper

from .follow_ups import ahead

MOST = 5_000
FIELDS = ("copies", "paper", "binding", "ship_to", "needed_by")


class Wanted(forms.Form):
    """How many copies, of what make, where to and until when."""

    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=MOST)
    paper = forms.ChoiceField(label=_("Paper"), choices=Paper.choices)
    binding = forms.ChoiceField(label=_("Binding"), choices=Binding.choices)
    ship_to = forms.CharField(
        label=_("Address for the copies"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    needed_by = Day(label=_("Needed by"))

    def clean_needed_by(self) -> Any:
        return ahead(self.cleaned_data["needed_by"])


class OrderForm(Wanted, Form):
    """Copies ordered by hand; of a document that was printed before the reason is kept."""

    reason = forms.CharField(label=_("Why once more"), max_length=400, required=False)

    def __init__(self, *args: Any, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if again:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = _("Copies of this document were ordered before.")
        else:
            del self.fields["reason"]


class ChangeForm(Wanted, CommentForm):
    """What is to be different, and why; the printer gets the new ticket in place of the old."""

    comment = forms.CharField(
        label=_("Why"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why: the printer may have begun.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*FIELDS, "comment"])
        if not self.is_bound:
            self.initial = {**{name: getattr(self.obj, name) for name in FIELDS}, **self.initial}
