"""What people type about an account and the people met there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui.forms import Day, Form, Long, ModelForm

from .choices import FactKind, FigureKind, Theater
from .models import Account, Fact, Figure, PinnedNote
from .places import theater_of
from .quarters import label_of, quarter_of

QUARTERS = 12
EDITED_ALONE = (
    "name", "code", "sector", "business_unit", "theater", "customer_since", "street", "postcode", "city", "region", "country",
)  # fmt: skip  # what follows from them is the account's own; with a manager the reviews change hands


class AccountForm(ModelForm):
    """The facts of an account."""

    headings = {
        _("Who they are"): ["name", "code", "sector", "business_unit", "theater", "customer_since"],
        _("Where they are"): ["street", "postcode", "city", "region", "country"],
        _("Who answers for them"): ["manager", "manager_named"],
    }
    customer_since = Day(label=_("Customer since"), required=False)

    class Meta:
        model = Account
        fields = [
            "name", "code", "sector", "business_unit", "theater", "customer_since", "street", "postcode", "city", "region",
            "country", "manager", "manager_named",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        manager: Any = self.fields["manager"]
        manager.queryset, manager.empty_label = User.objects.holding(Role.REP), _("Nobody yet")
        theater: Any = self.fields["theater"]
        theater.choices = [("", _("As the country says")), *Theater.choices]

    def clean_code(self) -> str:
        """One number, one account."""
        code = str(self.cleaned_data["code"]).strip()
        if code and (other := Account.objects.filter(code=code).exclude(pk=self.instance.pk).first()):
            raise ValidationError(_("%(account)s has this number already.") % {"account": other})
        return code

    def clean(self) -> dict[str, Any]:
        """The country tells the theater where none is chosen; somebody who is known needs no name from the CRM any longer."""
        given = super().clean() or self.cleaned_data
        given = given | {"theater": given.get("theater") or theater_of(given.get("country", ""))}
        return given | ({"manager_named": ""} if given.get("manager") else {})

    def _post_clean(self) -> None:
        """The row itself is written by the action alone, after the lock."""


class ManagerForm(Form):
    """To whom accounts go."""

    manager: Any = forms.ModelChoiceField(label=_("Account manager"), queryset=None, empty_label=_("Choose somebody"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = User.objects.holding(Role.REP)  # type: ignore[attr-defined]


class ApproversForm(Form):
    """Who approves after the account manager's own leader, in this order."""

    PLACES = ("first", "second", "third", "fourth", "fifth")
    why = forms.CharField(
        label=_("Why"), max_length=400, required=False, help_text=_("Kept in the log of the account."),
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account, designated: list[User], **kwargs: Any) -> None:
        named = dict(zip(self.PLACES, (leader.pk for leader in designated), strict=False))
        super().__init__(*args, initial=named, **kwargs)
        leaders = User.objects.holding(Role.LEADER, Role.EXECUTIVE).exclude(pk=account.manager_id or 0)
        kept = User.objects.filter(pk__in=[leader.pk for leader in designated])
        choices = [
            ("", _("Nobody")),
            *((leader.pk, leader.name) for leader in (leaders | kept).distinct().order_by("name")),
        ]
        for place, name in enumerate(self.PLACES, start=1):
            label = _("Approves %(place)s after the leader") % {"place": ORDINALS[place - 1]}
            field = forms.TypedChoiceField(label=label, choices=choices, coerce=int, required=False, empty_value=None)
            self.fields[name] = field
        self.order_fields([*self.PLACES, "why"])

    def clean(self) -> dict[str, Any]:
        """Everybody once; whoever is left out in between closes up."""
        given = super().clean() or self.cleaned_data
        named = [(name, given[name]) for name in self.PLACES if given.get(name)]
        for place, (name, pk) in enumerate(named):
            if pk in [other for _name, other in named[:place]]:
                self.add_error(name, _("Stands above already: everybody approves once."))
        known = User.objects.in_bulk([pk for _name, pk in named])
        return {"leaders": [known[pk] for _name, pk in named], "why": given.get("why", "")}


ORDINALS = (_("first"), _("second"), _("third"), _("fourth"), _("fifth"))


class ContactForm(Form):
    """Somebody at the customer."""

    name = forms.CharField(label=_("Name"), max_length=120)
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("A digital review goes there by a signed link.")
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    is_main = forms.BooleanField(
        label=_("Main contact"), required=False, help_text=_("The letter of the review begins with this name.")
    )


class Past(Day):
    """A day that is not ahead."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > localdate():
            raise ValidationError(_("This day is still ahead."))


class FactForm(Form):
    """Something that holds of the account."""

    kind = forms.ChoiceField(label=_("What holds"), choices=FactKind.choices)
    since_on = Past(label=_("Since"))
    reason = forms.CharField(
        label=_("How it is known"), max_length=Fact._meta.get_field("reason").max_length,
        help_text=_("Who said so, where it can be read; for a strategic account, why it is."),
    )  # fmt: skip


class EndFactForm(Form):
    """It holds no longer."""

    ended_on = Past(label=_("Until"))
    reason = forms.CharField(label=_("What became of it"), max_length=Fact._meta.get_field("ended_reason").max_length)


class NoteForm(Form):
    """Something to be remembered."""

    text = Long(
        label=_("What to remember"), max_length=PinnedNote._meta.get_field("text").max_length, rows=5,
        help_text=_("It stands on top of the account and of each review prepared for it; customers never see it."),
    )  # fmt: skip


class FigureForm(Form):
    """A figure as it is told, with where it comes from."""

    kind = forms.ChoiceField(label=_("Figure"), choices=FigureKind.choices)
    quarter_begins_on = forms.TypedChoiceField(label=_("Quarter"), coerce=date.fromisoformat)
    value = forms.DecimalField(label=_("Value"), max_digits=16, decimal_places=4)
    source = forms.CharField(
        label=_("Where it comes from"), max_length=Figure._meta.get_field("source").max_length,
        help_text=_("A report, a survey, a person."),
    )  # fmt: skip
    as_of = Past(label=_("As of"))

    def __init__(self, *args: Any, quarter: date | None = None, **kwargs: Any) -> None:
        """The last three years to choose from, and the quarter that is to be corrected."""
        super().__init__(*args, **kwargs)
        known = {*last_quarters(localdate()), *([quarter] if quarter else [])}
        field: Any = self.fields["quarter_begins_on"]
        field.choices = [(day.isoformat(), label_of(day)) for day in sorted(known, reverse=True)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        kind, value = given.get("kind"), given.get("value")
        if kind and isinstance(value, Decimal) and (sentence := FigureKind(kind).objection(value, "?")):
            self.add_error("value", sentence)
        return given


def last_quarters(today: date) -> list[date]:
    found = [quarter_of(today)]
    while len(found) < QUARTERS:
        found.append(quarter_of(date.fromordinal(found[-1].toordinal() - 1)))
    return found
