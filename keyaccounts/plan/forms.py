"""What the steps of a plan ask, and what is asked when the customer confirmed it: to us, or by the link."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact
from acr_program.ui.forms import Form, Long, Several
from acr_program.workflow.forms import StepForm

from ..choices_plan import Subject
from ..choices_value import BY_HAND, Way
from ..forms.value import Past


class ShareForm(StepForm):
    """To whom at the customer, with which word."""

    contact: Any = forms.ModelChoiceField(
        label=_("To whom"), queryset=None, required=False, empty_label=_("To nobody by mail: I go through it in a meeting"),
        help_text=_("They get a link by which they read what is meant for them, and confirm it."),
    )  # fmt: skip
    note = Long(label=_("A word with it"), rows=3, max_length=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contacts = Contact.objects.filter(account=self.obj.account_id).exclude(email="")
        field: Any = self.fields["contact"]
        field.queryset, field.initial = contacts, contacts.filter(is_main=True).first()
        field.label_from_instance = lambda contact: f"{contact.name}, {contact.email}"


class ReviewedForm(StepForm):
    """What the review of the quarter came to."""

    comment = Long(
        label=_("What the review came to"), rows=5, max_length=4000,
        error_messages={"required": _("Say what the review came to: the next one begins there.")},
    )  # fmt: skip


class ConfirmForm(Form):
    """What the customer confirms by the link: each of the four for itself, each key figure for itself (N7.6, N7.7)."""

    subjects = forms.MultipleChoiceField(
        label=_("We agree to"), choices=Subject.choices, widget=Several, required=False
    )
    figures = forms.MultipleChoiceField(label=_("We go by these key figures"), widget=Several, required=False)
    who = forms.CharField(label=_("Your name"), max_length=160)
    said = Long(label=_("What you want to say to it"), rows=3, max_length=2000, required=False)

    def __init__(
        self, *args: Any, open_: list[str] | None = None, figures: Iterable[Any] = (), **kwargs: Any
    ) -> None:  # fmt: skip
        """`open_`: what is not confirmed yet, everything where it is None; `figures`: the key figures to be agreed."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["subjects"]
        field.choices = [one for one in Subject.choices if open_ is None or one[0] in open_]
        asked: Any = self.fields["figures"]
        asked.choices = [(str(one.key), f"{one.what}: {one.target}" if one.target else one.what) for one in figures]
        asked.widget.choices = asked.choices
        for name in ("subjects", "figures"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given.setdefault("subjects", [])
        if not given["subjects"] and not given.get("figures") and not self.errors.keys() & {"subjects", "figures"}:
            self.add_error(next(iter(self.fields)), _("Tick what you agree to. What you do not tick stays open."))
        return given


class ConfirmedForm(ConfirmForm):
    """What the customer confirmed to us, not by the link."""

    how = forms.ChoiceField(label=_("How"), choices=[(way, Way(way).label) for way in BY_HAND])
    on = Past(label=_("On"))
    field_order = ("subjects", "who", "how", "on", "said")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "subjects" in self.fields:
            self.fields["subjects"].label = _("What they agreed to")
        self.fields["who"].label = _("Who at the customer")
        self.fields["said"].label = _("What they said to it")
