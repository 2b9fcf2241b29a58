"""What whoever changes a standard text says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.filters import business_units
from acr_program.ui.forms import Form
from reviews.models import ContentItem

from .standard_text import StandardText, begins_as, same_words


class ProposalForm(Form):
    """The new text, beginning from the one in use, and what is new about it."""

    text = StandardText(
        label=_("Text"),
        help_text=_("Begins as the text in use. Names of the list stand between two braces: {{ customer.name }}."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("What is new, and why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by the program manager, who accepts the text or rejects it."),
        error_messages={"required": _("Say what is new: the program manager has nothing else to go by.")},
    )  # fmt: skip

    def __init__(self, *args: Any, item: ContentItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.fields["text"].initial = begins_as(item.current)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if same_words(self.item.current, text):
            raise forms.ValidationError(_("Not a word differs from the text in use."))
        return text


class UnitForm(Form):
    """Another text of the same section, for the accounts of one business unit."""

    unit = forms.ChoiceField(label=_("Business unit"))
    text = StandardText(label=_("Text for this unit"), help_text=_("Begins as the text that all others read."))
    note = forms.CharField(
        label=_("Why this unit needs its own"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, item: ContentItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = set(ContentItem.objects.filter(audience=item.audience, key=item.key).values_list("unit", flat=True))
        self.fields["unit"].choices = [(unit, unit) for unit in business_units() if unit not in taken]  # type: ignore[attr-defined]
        self.fields["text"].initial = begins_as(item.current)


class WaiverForm(Form):
    """Why a review may go out with a text that nobody has confirmed."""

    reason = forms.CharField(
        label=_("Why it may go out unconfirmed"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept on the review; the text is marked in every internal copy all the same."),
        error_messages={"required": _("Say why: whoever approves the document reads it.")},
    )  # fmt: skip
