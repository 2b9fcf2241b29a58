"""What is asked when a customer is told something: to whom and how it goes, who confirmed it, how a status ends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui.forms import Cards, Day, Form, Long
from acr_program.workflow.forms import StepForm

from ..choices_value import BY_HAND, Way
from ..value_rules import account_of
from .value import Past

SENDS = (Way.MAIL, Way.LETTER, Way.MEETING)
NOTES: dict[str, Any] = {
    Way.MAIL: _("With a link of its own, by which the customer reads and confirms it."),
    Way.LETTER: _("Print the letter first; you say here that it went out."),
    Way.MEETING: _("You handed it over and went through it."),
}


class SendForm(StepForm):
    """To whom at the customer, how, and with which word."""

    how = forms.ChoiceField(
        label=_("How"), choices=[(way.value, way.label) for way in SENDS], widget=Cards(notes=NOTES), initial=Way.MAIL
    )
    contact: Any = forms.ModelChoiceField(label=_("To whom"), queryset=None)
    on = Past(label=_("On"), required=False, help_text=_("For a letter or a meeting; a mail goes today."))
    note = Long(label=_("A word with it"), rows=3, max_length=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contacts = Contact.objects.filter(account=account_of(self.obj))
        field: Any = self.fields["contact"]
        field.queryset, field.initial = contacts, contacts.filter(is_main=True).first()
        field.label_from_instance = named

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        contact, how = given.get("contact"), given.get("how")
        if contact and how == Way.MAIL and not contact.email:
            self.add_error("contact", _("No e-mail address of this person is on file."))
        if how == Way.MAIL:
            given["on"] = None
        return given


def named(contact: Contact) -> str:
    return " · ".join(filter(None, [contact.name, contact.title, contact.email]))


class Said(StepForm):
    """How it came about, beside a link; and on which day."""

    how = forms.ChoiceField(label=_("How"), choices=[(way.value, way.label) for way in BY_HAND], widget=Cards)
    on = Past(label=_("On"), initial=localdate)


class ToldForm(Said):
    """Who at the customer was told what it gets."""

    whom = forms.CharField(label=_("Who was told"), max_length=160)
    field_order = ("whom", "how", "on")


class ConfirmedForm(Said):
    """Who at the customer said that they know it."""

    who = forms.CharField(label=_("Who confirmed it"), max_length=160)
    comment = Long(label=_("What they said"), rows=3, max_length=2000, required=False)
    field_order = ("who", "how", "on", "comment")


class FarewellForm(StepForm):
    """How the account is handed over, and what its customer is told (K-20)."""

    message = Long(
        label=_("Message to the customer"), rows=8, max_length=4000,
        help_text=_("What changes for them, what stays, and whom they talk to from then on. It is approved before it goes."),
        error_messages={"required": _("Write what the customer is told.")},
    )  # fmt: skip
    handover = Long(
        label=_("Hand-over plan"), rows=6, max_length=4000,
        help_text=_("Read inside the house alone: what runs on, what ends, what is still owed, who does what."),
        error_messages={"required": _("Write how the account is handed over.")},
    )  # fmt: skip
    to_person: Any = forms.ModelChoiceField(label=_("Who looks after the account from then on"), queryset=None)
    handed_over_on = Day(label=_("Handed over by"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_person"].queryset = User.objects.holding(Role.REP)  # type: ignore[attr-defined]
        for name in ("message", "handover", "to_person", "handed_over_on"):
            self.fields[name].initial = getattr(self.obj, name)
        if not self.obj.to_person:
            self.fields["to_person"].initial = account_of(self.obj).manager


class CustomerForm(Form):
    """What the customer says to it, and who says so."""

    said = forms.CharField(
        label=_("Is anything unclear, or would you like to add something?"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    who = forms.CharField(
        label=_("Your name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("So that we know who speaks, should the mail have been passed on to you."),
        error_messages={"required": _("Say who you are.")},
    )  # fmt: skip
