"""What is asked of a wave: its sizing, what it tests, its launch, and the decision on it (P-01, P-16 to P-19)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from acr_program.charter.choices import Outcome
from acr_program.charter.models import Program
from acr_program.ui.forms import Cards, Day, Form, Long, Several
from acr_program.ui.phrases import names as listed
from acr_program.workflow.forms import CommentForm, StepForm

from .. import covering
from ..actions.waves import Tested, catalogue
from ..choices import AspectKind
from ..models import PilotWave
from ..tested import left_open
from .fields import YesNo

SIZING = ("name", "ends_on", "differs_by_unit", "units", "abroad", "countries", "per_person")


class WaveForm(Form):
    """How a new wave is called."""

    name = forms.CharField(label=_("Wave"), max_length=80, help_text=_("As people will call it, like First wave."))

    def clean_name(self) -> str:
        return free_name(self.cleaned_data["name"])


def free_name(name: str, wave: PilotWave | None = None) -> str:
    if PilotWave.objects.filter(name=name).exclude(pk=wave.pk if wave else 0).exists():
        raise ValidationError(say("There is a wave of this name already."))
    return name


class SizingForm(Form):
    """The three questions that say how many pilots a wave needs (P-16, P-17, P-18)."""

    headings = {
        _("The wave"): ["name", "ends_on"],
        _("Do processes or tools differ by business unit?"): ["differs_by_unit", "units"],
        _("Do countries outside the home country take part?"): ["abroad", "countries"],
        _("How many accounts can the office carry?"): ["per_person"],
    }
    name = forms.CharField(label=_("Wave"), max_length=80)
    ends_on = Day(label=_("Runs until"), required=False)
    differs_by_unit = YesNo(
        label=_("They differ by business unit"), required=False,
        yes=_("Yes: one pilot in each unit"), no=_("No: one kind of pilot will do"),
    )  # fmt: skip
    units = forms.MultipleChoiceField(label=_("Business units that need a pilot"), required=False, widget=Several)
    abroad = YesNo(
        label=_("Countries outside the home country take part"), required=False,
        yes=_("Yes: each of their theaters is represented"), no=_("No: the home country alone"),
    )  # fmt: skip
    countries = forms.MultipleChoiceField(label=_("Which countries"), required=False, widget=Several)
    per_person = forms.IntegerField(
        label=_("Accounts that one person in full time carries"), min_value=1, max_value=500, required=False,
        help_text=_("Times the shares on the office’s roster, it is how many pilots the office can carry."),
    )  # fmt: skip

    def __init__(self, *args: Any, wave: PilotWave, **kwargs: Any) -> None:
        self.wave = wave
        super().__init__(*args, **kwargs)
        for name in ("ends_on", "differs_by_unit", "abroad", "per_person"):
            self.fields[name].one_of = say("needed before accounts are proposed")  # type: ignore[attr-defined]
        offer(self.fields["units"], {*values_of("business_unit"), *wave.units})
        home = Program.objects.values_list("home_country", flat=True).first() or ""
        offer(self.fields["countries"], {*values_of("country"), *wave.countries} - {home})

    def clean_name(self) -> str:
        return free_name(self.cleaned_data["name"], self.wave)

    def clean_ends_on(self) -> Any:
        day = self.cleaned_data["ends_on"]
        if day and day <= localdate():
            raise ValidationError(_("The wave has to run until a day to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """What is not asked is empty: no units where they do not differ, no countries where none takes part."""
        given = self.cleaned_data
        for asks, names, missing in (
            ("differs_by_unit", "units", _("Name the business units that need a pilot.")),
            ("abroad", "countries", _("Name the countries that take part.")),
        ):
            if not given.get(asks):
                given[names] = []
            elif names in given and not given[names]:
                self.add_error(names, missing)
        return given


def values_of(field: str) -> set[str]:
    """What the accounts that are customers say in this field."""
    found = Account.objects.live().exclude(**{field: ""}).order_by().values_list(field, flat=True).distinct()
    return set(found)


def offer(field: Any, values: set[str]) -> None:
    field.choices = [(value, value) for value in sorted(values)]


class TestedForm(Form):
    """Which steps of the process and which tools a wave tests (P-19)."""

    steps = forms.MultipleChoiceField(label=_("Steps of the process"), required=False, widget=Several)
    tools = forms.MultipleChoiceField(label=_("Tools"), required=False, widget=Several)
    others = Long(
        label=_("Other tools, one a line"), rows=4, required=False, max_length=2000,
        help_text=_("Of your own: a CRM, a calculator. Each counts as tested once a pilot has rated it."),
    )  # fmt: skip

    def __init__(self, *args: Any, wave: PilotWave, **kwargs: Any) -> None:
        self.known: list[Tested] = catalogue()
        standing = list(wave.aspects.all())
        titles = {title for _kind, title, _step in self.known}
        initial = {
            "steps": [row.title for row in standing if row.kind == AspectKind.STEP],
            "tools": [row.title for row in standing if row.kind == AspectKind.TOOL],
            "others": "\n".join(row.title for row in standing if row.title not in titles),
        }
        super().__init__(*args, initial=initial, **kwargs)
        for name, kind in (("steps", AspectKind.STEP), ("tools", AspectKind.TOOL)):
            field: Any = self.fields[name]
            field.choices = [(title, title) for of, title, _step in self.known if of == kind]

    def clean_others(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines()]
        if long := next((line for line in lines if len(line) > 120), None):
            raise ValidationError(_("“%(line)s” is too long: at most 120 signs."), params={"line": long[:40]})
        return list(dict.fromkeys(filter(None, lines)))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not any(given.get(name) for name in ("steps", "tools", "others")):
            raise ValidationError(_("A wave tests something: choose at least one step or tool."))
        return given

    @property
    def tested(self) -> list[Tested]:
        given = self.cleaned_data
        chosen = {(AspectKind.STEP, title) for title in given["steps"]}
        chosen |= {(AspectKind.TOOL, title) for title in given["tools"]}
        listed_ = [one for one in self.known if one[:2] in chosen]
        own = [title for title in given["others"] if (AspectKind.TOOL, title) not in chosen]
        return [*listed_, *((AspectKind.TOOL.value, title, "") for title in own)]


class WaiveForm(CommentForm):
    """A business unit that the wave goes without, and why (P-16)."""

    same_for_many = False
    unit = forms.ChoiceField(label=_("Business unit"))
    field_order = ("unit", "comment")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.choices = [(unit, unit) for unit in self.obj.units]
        self.fields["comment"].help_text = _("Kept with the wave, and shown in its report.")


class LaunchForm(StepForm):
    """What the launch is warned of, to be read first; it is kept with the launch (P-17, P-18, P-19)."""

    really = forms.BooleanField(
        label=_("Launch all the same"), error_messages={"required": _("Read the warnings, then tick the box.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings = covering.warnings(self.obj)
        if self.warnings:
            self.fields["really"].help_text = " ".join(self.warnings)
        else:
            del self.fields["really"]

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data | {"warnings": self.warnings}


class ConcludeForm(CommentForm):
    """Repeat, stop or roll out, with what is open in sight (P-01, P-19)."""

    same_for_many = False
    outcome = forms.ChoiceField(
        label=_("What the wave came to"), choices=Outcome.choices,
        widget=Cards(
            notes={
                Outcome.ROLL_OUT: _("The program may be rolled out to everybody."),
                Outcome.REPEAT: _("Another wave is to show more."),
                Outcome.STOP: _("The program does not go on."),
            }
        ),
    )  # fmt: skip
    field_order = ("outcome", "comment")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open = left_open(self.obj)
        said = [
            say("Findings still open: %(n)s.") % {"n": listed(self.open["findings"]) or say("none")},
            say("Not tested: %(n)s.") % {"n": listed(self.open["untested"]) or say("nothing")},
        ]
        self.fields["comment"].help_text = " ".join(said)

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data | {"left_open": self.open}
