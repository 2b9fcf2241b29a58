"""What is asked about readers and the team card, and of the customer who proposes other words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact
from acr_program.people.models import User
from acr_program.ui.forms import Form, Long

from ..models import AccountPlan
from .communication_words import PlanLine


class ReadersForm(Form):
    """Who is to see the plan."""

    people: Any = forms.ModelMultipleChoiceField(
        label=_("Who is to see it"), queryset=None, widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=_("They may see the plan from now on, and get a mail that leads to it."),
        error_messages={"required": _("Choose at least one person.")},
    )  # fmt: skip

    def __init__(self, *args: Any, plan: AccountPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["people"]
        listed = plan.readings.filter(listed=True).order_by().values("person")
        field.queryset = User.objects.people().filter(is_active=True).exclude(pk__in=listed).order_by("name", "pk")


class CardForm(Form):
    """Whether the card goes to the customer as well, and with which word."""

    contact: Any = forms.ModelChoiceField(
        label=_("To whom at the customer"), queryset=None, required=False, empty_label=_("To nobody: only to our team"),
        help_text=_("They get a link to the card; it always shows the newest one."),
    )  # fmt: skip
    note_to = Long(label=_("A word with it"), rows=3, max_length=1000, required=False)

    def __init__(self, *args: Any, plan: AccountPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contact"]
        field.queryset = Contact.objects.filter(account=plan.account_id).exclude(email="")
        field.label_from_instance = lambda contact: f"{contact.name}, {contact.email}"


class ProposeForm(Form):
    """What the customer would say otherwise: which line, in which words, and who says so."""

    line = forms.ChoiceField(label=_("What it is about"))
    words = Long(
        label=_("How you would say it"), rows=4, max_length=2000,
        help_text=_("Our words stay as they are; yours stand beside them until we answer."),
    )  # fmt: skip
    who = forms.CharField(label=_("Your name"), max_length=160)

    def __init__(self, *args: Any, lines: list[PlanLine], chosen: str = "", **kwargs: Any) -> None:
        """`chosen`: the line that its reader pointed at; its words stand ready to be changed."""
        super().__init__(*args, **kwargs)
        self.by_key = {one.key: one for one in lines}
        field: Any = self.fields["line"]
        field.choices = [(one.key, one.label) for one in lines]
        if there := self.by_key.get(chosen):
            field.initial, self.fields["words"].initial = chosen, there.ours

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        line = self.by_key.get(given.get("line", ""))
        if line and line.row and given.get("words", "").strip() == line.ours.strip():
            self.add_error("words", _("These are our words: change them, or leave the line as it is."))
        return given


class AnswerForm(Form):
    """What the customer reads of our answer; where we keep our words it says why."""

    answer = Long(label=_("What the customer reads"), rows=3, max_length=2000, required=False)


class KeepForm(AnswerForm):
    """Our words stay: the customer reads why."""

    answer = Long(
        label=_("Why our words stay; the customer reads this"), rows=3, max_length=2000,
        error_messages={"required": _("Say why: the customer took the trouble to write.")},
    )  # fmt: skip
