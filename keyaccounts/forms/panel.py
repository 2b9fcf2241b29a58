"""What is asked of a panel: who sits on it, when, what they score; its minutes; who is recused (K-14, feature 70)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui.forms import Day, Form, Long, Several
from acr_program.workflow.forms import StepForm

from ..models import PanelReview, PanelSession, the_programme
from ..models.panel_session import asked_of_members
from .panel_fields import Lines

FIELDS = ("name", "meets_on", "chair", "deputy", "members", "quorum", "criteria")


class PanelForm(Form):
    """One panel: its members are senior executives, one of them chairs."""

    headings = {
        _("The panel"): ["name", "meets_on"],
        _("Who sits on it"): ["members", "chair", "deputy", "quorum"],
        _("What each member scores"): ["criteria"],
    }
    name = forms.CharField(label=_("Panel"), max_length=80, help_text=_("As people will call it, like Spring panel."))
    meets_on = Day(label=_("Meets on"))
    members: Any = forms.ModelMultipleChoiceField(
        label=_("Members"), queryset=None, widget=Several, error_messages={"required": _("Choose the members.")},
    )  # fmt: skip
    chair: Any = forms.ModelChoiceField(label=_("Chair"), queryset=None)
    deputy: Any = forms.ModelChoiceField(
        label=_("Deputy"), queryset=None, required=False, empty_label=_("Nobody"),
        help_text=_("Chairs for an account from which the chair is recused."),
    )  # fmt: skip
    quorum = forms.IntegerField(label=_("How many members have to vote on each account"), min_value=1, max_value=50)
    criteria = Lines(
        label=_("One question a line, each scored from 1 to 5"), rows=6, max_length=2000, longest=120,
        error_messages={"required": _("Say at least one thing that members score.")},
    )  # fmt: skip

    def __init__(self, *args: Any, session: PanelSession | None = None, **kwargs: Any) -> None:
        self.session = session
        super().__init__(*args, initial=initial_of(session), **kwargs)
        people = User.objects.holding(Role.EXECUTIVE)
        for name in ("members", "chair", "deputy"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if PanelSession.objects.filter(name=name).exclude(pk=self.session.pk if self.session else 0).exists():
            raise ValidationError(_("There is a panel of this name already."))
        return name

    def clean_meets_on(self) -> Any:
        day = self.cleaned_data["meets_on"]
        if day < localdate():
            raise ValidationError(_("This day is over."))
        return day

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        members = list(given.get("members") or [])
        for name in ("chair", "deputy"):
            if given.get(name) and members and given[name] not in members:
                self.add_error(name, _("This person is no member of the panel: tick the name above as well."))
        if given.get("deputy") and given.get("deputy") == given.get("chair"):
            self.add_error("deputy", _("The deputy is somebody else than the chair."))
        if given.get("quorum") and members and given["quorum"] > len(members):
            self.add_error("quorum", say("There are only %(n)d members.") % {"n": len(members)})
        return given | {"members": members}


def initial_of(session: PanelSession | None) -> dict[str, Any]:
    """What stands, or what a new panel begins with."""
    if session is None:
        programme = the_programme()
        return {"quorum": programme.quorum, "chair": programme.chair_id, "criteria": asked_of_members()}
    return {name: getattr(session, name) for name in FIELDS if name != "members"} | {"members": session.members.all()}


class MemberForm(StepForm):
    """One more member, who votes on whatever is still voted on."""

    person: Any = forms.ModelChoiceField(label=_("Who"), queryset=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = User.objects.holding(Role.EXECUTIVE).exclude(pk__in=self.obj.members.values("pk"))
        self.fields["person"].queryset = rows  # type: ignore[attr-defined]


class MinutesForm(StepForm):
    """What was said beside the votes; the votes, the reasons and the notes of dissent stand in the minutes by themselves."""

    minutes = Long(
        label=_("Minutes"), rows=8, max_length=8000,
        help_text=_(
            "Who was there, and what was said. Votes, reasons and notes of dissent are added by themselves. "
            "Name no account here: all members read this, and those who are recused from one as well."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].initial = self.obj.minutes


class ReleaseForm(StepForm):
    """The release cannot be taken back."""

    really = forms.BooleanField(
        label=_("I have looked at every decision"),
        help_text=_("Everybody concerned is told at once. This cannot be taken back."),
        error_messages={"required": _("Look at the decisions once more, then tick the box.")},
    )


class RecuseForm(Form):
    """A conflict of interest: whose, and which."""

    person: Any = forms.ModelChoiceField(label=_("Who takes no part"), queryset=None)
    words = Long(
        label=_("Which conflict"), rows=3, max_length=1000,
        help_text=_("Kept with the account, for the other members and the minutes."),
        error_messages={"required": _("Say which conflict it is.")},
    )  # fmt: skip

    def __init__(self, *args: Any, review: PanelReview, user: User, others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not others:
            del self.fields["person"]
        else:
            rows = review.session.members.exclude(pk__in=review.recusals.values("person")) if review.session else None
            self.fields["person"].queryset = rows  # type: ignore[attr-defined]
        self.user = user

    def clean(self) -> dict[str, Any]:
        return {"person": self.user} | self.cleaned_data
