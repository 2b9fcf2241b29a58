"""What the program manager types about the program, its years and its functions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.files.errors import NotTaken
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.render.look import COLOR
from acr_program.ui.forms import Cards, Day, Form, Long, Several
from acr_program.workflow.forms import CommentForm, StepForm

from . import look
from .choices import Audience, OwningFunction, Topic
from .models import ProgramYear

FACTS = ("company", "currency", "home_country", "manager", "accepts_by_itself")
OWNED = ("owning_function", "owner", "owning_reason", "team", "team_lead")
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
    accepts_by_itself = forms.BooleanField(
        label=_("Requests that meet every rule need no look"), required=False,
        help_text=_("The clock then accepts them in place of an administrator."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        manager: Any = self.fields["manager"]
        manager.queryset = User.objects.holding(Role.MANAGER)


class OwnershipForm(Form):
    """Who owns the program, in which function and why there, and which team drives it (G-03, G-06)."""

    owning_function = forms.ChoiceField(
        label=_("Owning function"), choices=OwningFunction.choices, widget=Cards,
        help_text=_("It works best in Sales: whoever holds the meetings answers for them."),
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), required=False, empty_label=_("Nobody yet"),
        help_text=_("Approves where nobody stands above the sales representative."),
    )  # fmt: skip
    owning_reason = Long(label=_("Why it is not Sales"), rows=2, required=False, max_length=1000)
    team = forms.CharField(
        label=_("Driving team"), max_length=120, required=False,
        help_text=_("A team inside Sales, like Sales Operations: it brings the program about."),
    )  # fmt: skip
    team_lead = forms.ModelChoiceField(
        label=_("Its lead"), queryset=User.objects.none(), required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = User.objects.holding(Role.LEADER, Role.EXECUTIVE)
        lead: Any = self.fields["team_lead"]
        lead.queryset = User.objects.people().filter(is_active=True)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("owning_function") == OwningFunction.SALES:
            given["owning_reason"] = ""
        elif "owning_function" in given and not given.get("owning_reason"):
            self.add_error("owning_reason", _("Say why another function than Sales owns the program."))
        return given


class RollOutForm(CommentForm):
    """Why the program is rolled out, with the findings of the last wave that are still open in sight."""

    same_for_many = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wave := self.obj.concludedwave_lines.first():
            words = (
                _("Still open after %(wave)s: %(findings)s") if wave.findings else _("%(wave)s left no finding open.")
            )
            self.fields["comment"].help_text = words % {"wave": wave, "findings": wave.findings}

    def clean(self) -> dict[str, Any]:
        wave = self.obj.concludedwave_lines.first()
        return self.cleaned_data | {"findings": wave.findings if wave else ""}


class LookForm(Form):
    """The company's colour and logo, as documents have them."""

    accent = forms.CharField(
        label=_("Accent colour"), required=False, max_length=7, empty_value="",
        help_text=_("Six signs behind a #, like #17495a. Leave it empty for the standard colour."),
    )  # fmt: skip
    logo = forms.FileField(
        label=_("Logo"), required=False,
        help_text=_("PNG or JPEG, at most 2 MB. It stands on a white field on the cover."),
        error_messages={"empty": _("The file is empty.")},
    )  # fmt: skip
    no_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    def __init__(self, *args: Any, has_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_logo:
            del self.fields["no_logo"]

    def clean_accent(self) -> str:
        typed = self.cleaned_data["accent"].strip().lower()
        if not typed:
            return ""
        color = typed if typed.startswith("#") else f"#{typed}"
        if not COLOR.fullmatch(color):
            raise ValidationError(
                _("A colour is written with six signs behind a #, each 0 to 9 or a to f, like #17495a.")
            )
        if why := look.why_unreadable(color):
            raise ValidationError(why)
        return color

    def clean_logo(self) -> bytes | None:
        """The picture, drawn anew; nothing where none was sent."""
        sent = self.cleaned_data["logo"]
        if not sent:
            return None
        try:
            return look.drawn_anew(sent.read(look.LARGEST + 1))
        except NotTaken as not_taken:
            raise ValidationError(not_taken.sentence) from not_taken


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


class BriefForm(StepForm):
    """When a leader was briefed."""

    briefed_on = Day(label=_("Briefed on"), initial=localdate)

    def clean_briefed_on(self) -> Any:
        day = self.cleaned_data["briefed_on"]
        if day > localdate():
            raise ValidationError(_("This day is still to come: note a briefing once it was held."))
        return day


class CommunicationForm(Form):
    """What is said to leaders, to the force or to both; a draft until it is sent (G-12)."""

    audience = forms.ChoiceField(label=_("For whom"), choices=Audience.choices, initial=Audience.LEADERS, widget=Cards)
    title = forms.CharField(label=_("Title"), max_length=120)
    words = Long(label=_("What it says"), rows=10, max_length=6000)
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=Topic.choices, required=False, widget=Several,
        help_text=_("A year starts once every leader has confirmed each of these."),
    )  # fmt: skip


class ExpectationsForm(CommunicationForm):
    """One version of what is expected of leaders, or of the force, from a day on (G-05, G-15, G-20)."""

    audience = forms.ChoiceField(
        label=_("For whom"), choices=[one for one in Audience.choices if one[0] != Audience.BOTH], widget=Cards
    )
    effective_on = Day(label=_("Holds from"), help_text=_("Nobody is measured on it before this day."))
    reviews = forms.IntegerField(
        label=_("Reviews for each representative this year"), min_value=1, max_value=99, required=False,
        help_text=_("Of a leader the sum of what is published to their people is expected."),
    )  # fmt: skip
    question = forms.CharField(
        label=_("A question to check oneself"), max_length=200, required=False,
        help_text=_("Asked of each when they confirm; they confirm once they know the answer."),
    )  # fmt: skip
    answers = Long(
        label=_("Answers, one a line, the right one first"), rows=3, required=False, max_length=600,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("audience") == Audience.FORCE and not given.get("reviews"):
            self.add_error("reviews", _("Say how many reviews each representative is to deliver."))
        lines = [line for line in str(given.get("answers", "")).splitlines() if line.strip()]
        if given.get("question") and len(lines) < 2:
            self.add_error("answers", _("Give at least two answers, each on its own line."))
        return given | ({"reviews": None} if given.get("audience") == Audience.LEADERS else {})


class ConfirmForm(StepForm):
    """Whoever is told confirms it; where it asks a question, with the right answer (G-20)."""

    answer = forms.ChoiceField(
        label=_("Your answer"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.obj.communication
        if not said.question:
            del self.fields["answer"]
            return
        field: Any = self.fields["answer"]
        field.label, field.choices = said.question, [(one, one) for one in said.choices]

    def clean_answer(self) -> str:
        answer = str(self.cleaned_data["answer"])
        if answer != self.obj.communication.right_answer:
            raise ValidationError(_("That is not it: read it once more, then choose again."))
        return answer


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
