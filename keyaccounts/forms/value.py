"""What is asked about value: for whom it is, what we do and do not do, what shows it, and what a function makes of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from acr_program.charter.models import Function
from acr_program.ui.forms import Day, Form, Long, Several
from acr_program.workflow.forms import StepForm

from ..models import Tier

WORDS = ("promise", "does", "does_not")
PROOF = ("words", "source", "on")


class Past(Day):
    """A day that is not still to come."""

    default_error_messages = {"future": _("This day is still to come.")}

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > localdate():
            raise ValidationError(self.error_messages["future"])


class WordsForm(Form):
    """What a customer gets, and what it does not get."""

    promise = forms.CharField(
        label=_("The value in one sentence"), max_length=300,
        error_messages={"required": _("Say in one sentence what the customer gets that others do not.")},
    )  # fmt: skip
    does = Long(label=_("What we do"), rows=6, max_length=4000, help_text=_("One thing a line."))
    does_not = Long(
        label=_("What we do not do"), rows=4, max_length=4000,
        help_text=_("One thing a line. What nobody says here, every customer expects."),
    )  # fmt: skip


class PropositionForm(WordsForm):
    """A first one, for a tier or for everybody; one for an account begins on the page of its membership."""

    tier: Any = forms.ModelChoiceField(
        label=_("For which tier"), queryset=None, required=False, empty_label=_("Everybody in the programme")
    )
    field_order = ("tier", *WORDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tier"].queryset = Tier.objects.all()  # type: ignore[attr-defined]


class ProofForm(Form):
    """One proof point: what shows it, where that is from, and as of when."""

    words = forms.CharField(
        label=_("What shows it"), max_length=400, help_text=_("A figure, an outcome, a word of a customer."),
    )  # fmt: skip
    source = forms.CharField(label=_("Where it is from"), max_length=160)
    on = Past(label=_("As of"))


class PublishForm(StepForm):
    """Which functions are asked to confirm that they know it."""

    functions: Any = forms.ModelMultipleChoiceField(
        label=_("Which functions are asked to confirm that they know it"), queryset=None, required=False,
        widget=Several, help_text=_("Functions that nobody answers for cannot be asked."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = Function.objects.filter(contributor__is_active=True)
        field: Any = self.fields["functions"]
        field.queryset, field.initial = asked, list(asked)


class UnderstandForm(StepForm):
    """What follows from it for one's own function: who cannot say that does not know it (K-03)."""

    words = Long(
        label=_("What your function does for these customers because of it"), rows=4, max_length=1000,
        error_messages={"required": _("Say it in your own words: by that others see that it is understood.")},
    )  # fmt: skip


def for_account(account: Account) -> str:
    """The heading of the form for one account."""
    return str(_("What %(account)s gets") % {"account": account.name})
