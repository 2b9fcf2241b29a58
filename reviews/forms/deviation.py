"""What whoever proposes a deviation says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Form
from reviews.models import ReviewRequest, Section
from reviews.pages.parts import TOKEN, tokens_of
from reviews.prose import as_typed

from .steps import LONGEST


class DeviationForm(Form):
    """The other text, beginning from the standard, and why."""

    text = forms.CharField(
        label=_("Text in place of the standard"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Begins as the standard text; change what has to differ for this customer."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why this customer needs another text"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by the program manager, and by whoever approves the document."),
    )  # fmt: skip

    def __init__(self, *args: Any, section: Section, review: ReviewRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section, self.review = section, review
        self.fields["text"].initial = as_typed(section.body)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if text.split() == as_typed(self.section.body).split():
            raise forms.ValidationError(_("Not a word differs from the standard text."))
        known = tokens_of(self.review)
        rest = TOKEN.sub(lambda found: "" if found[1] in known else found[0], text)
        if "{{" in rest or "{%" in rest:
            words = _("Between braces only these are filled in: %(tokens)s. Write anything else as plain text.")
            raise forms.ValidationError(words % {"tokens": ", ".join("{{ " + name + " }}" for name in known)})
        return text
