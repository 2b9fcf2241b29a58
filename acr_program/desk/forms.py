"""What people type about people: a person, an absence, one's own settings."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.ui.forms import Day, Form, Several

from .absences import unfit
from .models.saved import SHARED, SavedView

MEANINGS: dict[str, Any] = {
    Role.REP: _("Asks for the reviews of their own accounts and meets the customer."),
    Role.LEADER: _("Approves what goes to the customer, for their people's accounts."),
    Role.ADMIN: _("Accepts requests, gathers, compiles, has printed, closes."),
    Role.CONTRIBUTOR: _("Writes the sections of their function."),
    Role.MANAGER: _("Owns the standard template, the program and its years. Given by a program manager alone."),
    Role.EXECUTIVE: _("Sees all accounts and reviews."),
    Role.AUDITOR: _("Sees everything, changes nothing."),
}
CHOOSE = _("Choose a person")


@cache
def time_zones() -> list[tuple[str, str]]:
    """Zones as people name them, by continent and city."""
    areas = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    named = sorted(name for name in available_timezones() if name.startswith(areas))
    return [("UTC", "UTC"), *((name, name.replace("_", " ").replace("/", " / ")) for name in named)]


class PersonForm(Form):
    """Who somebody is, what they may do, whom they report to."""

    name = forms.CharField(label=_("Name"), max_length=120)
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("They sign in with it, and mails go to it."))
    reports_to = forms.ModelChoiceField(
        label=_("Reports to"), queryset=User.objects.none(), required=False, empty_label=_("Nobody"),
        help_text=_("Approvals and escalations go up this line."),
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, required=False, widget=Several(notes=MEANINGS)
    )
    by_link = forms.BooleanField(
        label=_("Answers by mailed links"), required=False,
        help_text=_("What is asked of them comes with a link and a code that need no sign-in. Whoever reads the mail can answer."),
    )  # fmt: skip
    is_active = forms.BooleanField(
        label=_("May sign in"), required=False,
        help_text=_("Switched off, the next click of this person leads to the sign-in page, and links in old mails are dead."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: User, person: User | None = None, **kwargs: Any) -> None:
        self.by, self.person = by, person
        super().__init__(*args, **kwargs)
        leaders = User.objects.people().order_by("name", "pk")
        reports_to: Any = self.fields["reports_to"]
        reports_to.queryset = leaders.exclude(pk=person.pk) if person else leaders.filter(is_active=True)
        if not program_managers(by):
            held = person.roles if person else frozenset()
            roles: Any = self.fields["roles"]
            roles.choices = [c for c in Role.choices if c[0] != Role.MANAGER or Role.MANAGER in held]

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        taken = User.objects.filter(email=email)
        if (taken.exclude(pk=self.person.pk) if self.person else taken).exists():
            raise ValidationError(_("Somebody else signs in with this address already."))
        return email


class InviteForm(PersonForm):
    """A new person; nothing to switch off yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_active"]


class AbsenceForm(Form):
    """Who acts, and in which days."""

    from_on = Day(label=_("Away from"))
    to_on = Day(label=_("Up to and including"))
    stand_in = forms.ModelChoiceField(
        label=_("Who acts meanwhile"), queryset=User.objects.none(), empty_label=CHOOSE,
        help_text=_(
            "They see and do what waits for the one who is away; the log keeps both names. "
            "Nobody approves their own request that way."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        self.person = person
        kwargs.setdefault("initial", {"from_on": localdate()})
        super().__init__(*args, **kwargs)
        others = User.objects.people().filter(is_active=True).exclude(pk=person.pk)
        stand_in: Any = self.fields["stand_in"]
        stand_in.queryset = others.order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if {"from_on", "to_on", "stand_in"} <= given.keys():
            if given["to_on"] < given["from_on"]:
                self.add_error("to_on", _("The last day is before the first: turn them round."))
            elif sentence := unfit(self.person, given["from_on"], given["to_on"], given["stand_in"]):
                raise ValidationError(sentence)
        return given


class SettingsForm(Form):
    """What everybody may say about themselves."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As colleagues and customers read it."))
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones, help_text=_("Times are shown in it."))


class ViewForm(Form):
    """Under which name a view is kept, and for whom."""

    title = forms.CharField(label=_("Name"), max_length=60)
    shared = forms.ChoiceField(
        label=_("Shared with"), choices=SHARED, required=False,
        help_text=_("Whoever it is shared with sees with it what they may see, and no more."),
    )  # fmt: skip
    opens = forms.BooleanField(label=_("The list opens with it for me"), required=False)

    def __init__(self, *args: Any, view: SavedView | None = None, by: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.view = view
        if view and by and not view.kept_by(by):
            del self.fields["title"], self.fields["shared"]

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"])
        if self.view:
            same = SavedView.objects.filter(person=self.view.person_id, list_name=self.view.list_name, title=title)
            if same.exclude(pk=self.view.pk).exists():
                raise ValidationError(_("Another view of this list has this name already. Choose another one."))
        return title
