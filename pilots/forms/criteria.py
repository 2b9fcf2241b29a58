"""What is asked of a criterion (P-05)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Cards, Form, Long

from ..choices import Evidence, Subject
from ..models import Criterion


class CriterionForm(Form):
    """One criterion, in the company's own words."""

    about = forms.ChoiceField(label=_("Whom it is about"), choices=Subject.choices, widget=Cards)
    part_of = forms.CharField(
        label=_("Belongs to"), max_length=80, help_text=_("Under which heading it stands, like “Financially stable”.")
    )
    title = forms.CharField(label=_("Criterion"), max_length=160)
    words = Long(
        label=_("What it means in your company"), rows=5, max_length=1000,
        help_text=_("Whoever judges reads this, and each judgement names the version in which it stood so."),
    )  # fmt: skip
    evidence = forms.ChoiceField(
        label=_("What has to be on file before it can be met"), choices=Evidence.choices, initial=Evidence.WORDS
    )

    def __init__(self, *args: Any, criterion: Criterion | None = None, **kwargs: Any) -> None:
        if criterion is not None:
            kwargs.setdefault("initial", {name: getattr(criterion, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """What the account manager or their leader says is about the account manager."""
        given = self.cleaned_data
        if given.get("evidence") in (Evidence.PLAN, Evidence.AGREEMENT) and given.get("about") == Subject.ACCOUNT:
            self.add_error("evidence", _("That is said of an account manager, not of an account."))
        return given
