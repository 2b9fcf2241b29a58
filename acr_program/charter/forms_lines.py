"""What the program manager types into each line of the charter."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui.forms import Cards, Day, Form, Long

from . import hung
from .choices import Answer, Audience, Outcome
from .models import Champion, Companion, Line, Metric, Ramp, Rhythm, RosterEntry, Training


class LineForm(Form):
    """What every line's form knows: the line it changes, or one that is new. `once` names fields that no two lines share."""

    model: ClassVar[type[Line] | None] = None
    once: ClassVar[tuple[str, ...]] = ()
    twice: ClassVar[Any] = ""

    def __init__(self, *args: Any, line: Line | None = None, **kwargs: Any) -> None:
        self.line = line
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.model and set(self.once) <= given.keys():
            same = self.model._default_manager.filter(**{name: given[name] for name in self.once})
            if same.exclude(pk=self.line.pk if self.line else None).exists():
                self.add_error(self.once[-1], self.twice)
        return given


class GoalForm(LineForm):
    """A goal: measure, target, period (G-04)."""

    text = forms.CharField(label=_("Goal"), max_length=200, help_text=_("What will be better at the end of it."))
    measure = forms.CharField(label=_("Measured by"), max_length=200)
    target = forms.CharField(
        label=_("Target"), max_length=80, help_text=_("With its unit, like 90 % or 2 per quarter.")
    )
    begins_on = Day(label=_("From"))
    ends_on = Day(label=_("Until"))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if {"begins_on", "ends_on"} <= given.keys() and given["ends_on"] <= given["begins_on"]:
            self.add_error("ends_on", _("The period ends before it begins: choose a later day."))
        return given


class WaveForm(LineForm):
    """A wave of pilots that is over."""

    name = forms.CharField(label=_("Wave"), max_length=80)
    concluded_on = Day(label=_("Concluded on"))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=Cards)
    findings = Long(
        label=_("Findings still open"), rows=4, required=False, max_length=4000,
        help_text=_("Shown to whoever rolls the program out, and kept with that step."),
    )  # fmt: skip

    def clean_concluded_on(self) -> Any:
        day = self.cleaned_data["concluded_on"]
        if day > localdate():
            raise ValidationError(_("This day is still to come: a wave is entered once it is over."))
        return day


class RampForm(LineForm):
    """How many reviews a representative is to deliver, from which year of the program on (G-16)."""

    model, once, twice = Ramp, ("nth",), _("There is a target from this year on already: change that one.")
    nth = forms.IntegerField(label=_("From which year of the program on"), min_value=1, max_value=50, initial=1)
    reviews = forms.IntegerField(
        label=_("Reviews for each representative and year"), min_value=1, max_value=99, initial=2,
        help_text=_("Two are usual at the launch."),
    )  # fmt: skip


class DutyForm(LineForm):
    """Who is responsible in a step of the process, and for what (G-17)."""

    step = forms.ChoiceField(label=_("Step of the process"), choices=hung.process)
    role = forms.ChoiceField(label=_("Who is responsible"), choices=Role.choices)
    words = forms.CharField(label=_("What they do"), max_length=300)


class MetricForm(LineForm):
    """How success is measured (G-18)."""

    model, once, twice = Metric, ("name",), _("There is a metric of this name already.")
    name = forms.CharField(label=_("Metric"), max_length=120)
    definition = Long(label=_("Definition"), rows=2, max_length=400)
    source = forms.CharField(label=_("Source"), max_length=200)
    target = forms.CharField(label=_("Target"), max_length=80)
    actual = forms.CharField(label=_("Actual"), max_length=80, required=False)


class TrainingForm(LineForm):
    """Which training is delivered, and to whom (G-19)."""

    model, once, twice = Training, ("name",), _("There is a training of this name already.")
    name = forms.CharField(label=_("Training"), max_length=120)
    words = Long(label=_("What is learnt"), rows=2, max_length=400)
    audience = forms.ChoiceField(label=_("For whom"), choices=Audience.choices, initial=Audience.FORCE, widget=Cards)
    before_meeting = forms.BooleanField(
        label=_("Needed to hold a meeting"), required=False, initial=True,
        help_text=_("Whoever sets a meeting without it is warned."),
    )  # fmt: skip


class ReadinessForm(LineForm):
    """Whether something the office needs is in place (R-01)."""

    question = forms.CharField(label=_("Question"), max_length=200, help_text=_("Like: is there a print shop?"))
    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices, initial=Answer.OPEN, widget=Cards)
    words = Long(
        label=_("What is there, or what has to be allocated"), rows=2, required=False, max_length=400
    )  # fmt: skip
    owner = forms.ModelChoiceField(label=_("Who sees to it"), queryset=User.objects.none())
    due_on = Day(label=_("By"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = User.objects.people().filter(is_active=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("answer") not in (None, Answer.OPEN) and not given.get("words"):
            self.add_error("words", _("Say what is there, or what has to be allocated."))
        return given


class RosterForm(LineForm):
    """Somebody who works for the office."""

    model, once, twice = RosterEntry, ("person",), _("They stand on the roster already: change that line.")
    person = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none())
    part = forms.CharField(label=_("What they do"), max_length=120)
    share = forms.IntegerField(label=_("Share of their time in per cent"), min_value=1, max_value=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.queryset = User.objects.people().filter(is_active=True)


class RhythmForm(LineForm):
    """How often an audience hears of the program (R-08)."""

    model, once, twice = Rhythm, ("audience",), _("The rhythm for them is written down already: change that one.")
    audience = forms.ChoiceField(label=_("For whom"), choices=Audience.choices, widget=Cards)
    early_days = forms.IntegerField(
        label=_("Days at most between two, until the program is rolled out"), min_value=1, max_value=366, initial=14
    )
    later_days = forms.IntegerField(
        label=_("Days at most between two, once it is rolled out"), min_value=1, max_value=366, initial=90
    )


class ChampionForm(LineForm):
    """Who is best in class, why, and the review that shows it (G-13)."""

    model, once, twice = Champion, ("person",), _("They are a champion already: change that line.")
    person = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none())
    reason = Long(label=_("Why they"), rows=2, max_length=400)
    example = forms.CharField(
        label=_("A review that shows it"), max_length=200, help_text=_("Its address, like /reviews/12/.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.queryset = User.objects.holding(Role.LEADER, Role.REP)

    def clean_example(self) -> str:
        path = str(self.cleaned_data["example"])
        try:
            resolve(path)
        except Resolver404:
            words = _("No page of the program has this address: copy it from the review's own page.")
            raise ValidationError(words) from None
        return path


class CompanionForm(LineForm):
    """Whom a champion brings along, and how often they have spoken (G-14)."""

    model, once, twice = (
        Companion,
        ("champion", "person"),
        _("This champion brings them along already: change that line."),
    )
    champion = forms.ModelChoiceField(label=_("Champion"), queryset=Champion.objects.none())
    person = forms.ModelChoiceField(label=_("Brings along"), queryset=User.objects.none())
    contacts = forms.IntegerField(label=_("Contacts so far"), min_value=0, max_value=999, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champion: Any = self.fields["champion"]
        champion.queryset = Champion.objects.select_related("person")
        person: Any = self.fields["person"]
        person.queryset = User.objects.holding(Role.LEADER, Role.REP)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if {"champion", "person"} <= given.keys() and given["champion"].person_id == given["person"].pk:
            self.add_error("person", _("A champion brings somebody else along."))
        return given
