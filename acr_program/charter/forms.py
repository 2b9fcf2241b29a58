"""What the program manager types about the program, its years and its functions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui.forms import Day, Form

from .models import ProgramYear

FACTS = ("company", "currency", "home_country", "manager", "owner", "accepts_by_itself")
DAYS = ("label", "begins_on", "ends_on")


class SetUpForm(Form):
    """What the program must know before anything else."""

    company = forms.CharField(label=_("Company"), max_length=120, help_text=_("As it stands on every page and mail."))
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label=_("Currency"), initial="USD", help_text=_("Three letters, like USD or EUR."),
        error_messages={"invalid": _("A currency is written in three capital letters, like USD.")},
    )  # fmt: skip
    home_country = forms.CharField(label=_("Home country"), max_length=60, initial="United States")


class ProgramForm(SetUpForm):
    """The program's facts."""

    manager = forms.ModelChoiceField(
        label=_("Program manager"), queryset=User.objects.none(), help_text=_("Every page's foot names them.")
    )
    owner = forms.ModelChoiceField(
        label=_("Owner in Sales"), queryset=User.objects.none(), required=False, empty_label=_("Nobody yet"),
        help_text=_("Approves where nobody stands above the sales representative."),
    )  # fmt: skip
    accepts_by_itself = forms.BooleanField(
        label=_("Requests that meet every rule need no look"), required=False,
        help_text=_("The clock then accepts them in place of an administrator."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        manager: Any = self.fields["manager"]
        manager.queryset = User.objects.holding(Role.MANAGER)
        owner: Any = self.fields["owner"]
        owner.queryset = User.objects.holding(Role.LEADER, Role.EXECUTIVE)


class YearForm(Form):
    """A program year: its name and its days."""

    label = forms.CharField(label=_("Year"), max_length=12, help_text=_("As people call it, like 2027."))
    begins_on = Day(label=_("Begins on"))
    ends_on = Day(label=_("Ends on"))

    def __init__(self, *args: Any, year: ProgramYear | None = None, **kwargs: Any) -> None:
        self.year = year
        super().__init__(*args, **kwargs)

    def clean_label(self) -> str:
        label = str(self.cleaned_data["label"])
        if ProgramYear.objects.filter(label=label).exclude(pk=self.year.pk if self.year else 0).exists():
            raise ValidationError(_("There is a year of this name already."))
        return label

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if {"begins_on", "ends_on"} <= given.keys() and given["ends_on"] <= given["begins_on"]:
            self.add_error("ends_on", _("The year ends before it begins: choose a later day."))
        return given


class FunctionForm(Form):
    """A function, and the person who answers for it."""

    name = forms.CharField(label=_("Function"), max_length=80)
    contributor = forms.ModelChoiceField(
        label=_("Who contributes"), queryset=User.objects.none(), required=False, empty_label=_("Nobody yet"),
        help_text=_("Asked for every section of this function from now on; what is asked already stays where it is."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contributor: Any = self.fields["contributor"]
        contributor.queryset = User.objects.holding(Role.CONTRIBUTOR)
