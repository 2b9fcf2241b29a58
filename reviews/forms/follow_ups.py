"""What is asked to begin a follow-up by hand, and what its steps ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User
from acr_program.ui.forms import Day, Form
from acr_program.workflow.forms import CommentForm, StepForm
from reviews.choices import Side
from reviews.models import Commitment, ReviewRequest

PRINTED = _("The customer reads it in next year's document.")


def people() -> Any:
    return User.objects.filter(is_active=True, is_system=False).order_by("name", "pk")


class FollowUpForm(Form):
    """Who does what, by when, and for which commitment of the review where it is for one."""

    what = forms.CharField(label=_("What"), max_length=300, help_text=PRINTED)
    owner: Any = forms.ModelChoiceField(label=_("Who does it"), queryset=None)
    due_on = Day(label=_("By when"))
    commitment: Any = forms.ModelChoiceField(
        label=_("For which commitment"), queryset=None, required=False, empty_label=_("None: it was agreed otherwise")
    )

    def __init__(self, *args: Any, review: ReviewRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people()  # type: ignore[attr-defined]
        free = Commitment.objects.filter(part__request=review, follow_ups=None).order_by("part", "place")
        self.fields["commitment"].queryset = free  # type: ignore[attr-defined]
        self.fields["commitment"].label_from_instance = named  # type: ignore[attr-defined]

    def clean_due_on(self) -> Any:
        return ahead(self.cleaned_data["due_on"])


def named(commitment: Commitment) -> str:
    """A commitment among others: whose it is, and what."""
    return f"{Side(commitment.side).label}: {commitment.what}"


def ahead(day: Any) -> Any:
    if day < localdate():
        raise forms.ValidationError(_("That day has passed: choose one that is still ahead."))
    return day


class FinishForm(StepForm):
    """What came of it, and since when."""

    outcome = forms.CharField(
        label=_("What came of it"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}), help_text=PRINTED,
        error_messages={"required": _("Say what came of it: the customer will ask.")},
    )  # fmt: skip
    ended_on = Day(label=_("Done on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial = {"ended_on": localdate(), **self.initial}

    def clean_ended_on(self) -> Any:
        day = self.cleaned_data["ended_on"]
        if day > localdate():
            raise forms.ValidationError(_("That day is still ahead: say it when it is done."))
        return day


class HandOverForm(CommentForm):
    """Who does it instead, or by which other day; and why."""

    owner: Any = forms.ModelChoiceField(label=_("Who does it"), queryset=None)
    due_on = Day(label=_("By when"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people()  # type: ignore[attr-defined]
        self.order_fields(["owner", "due_on", "comment"])
        if not self.is_bound:
            self.initial = {"owner": self.obj.owner_id, "due_on": self.obj.due_on, **self.initial}

    def clean_due_on(self) -> Any:
        """A day that has passed may stay, so that what is late is handed over as late; no other is set behind today."""
        day = self.cleaned_data["due_on"]
        return day if day == self.obj.due_on else ahead(day)


class DropForm(CommentForm):
    """Why it will not be done."""

    same_for_many = True
    comment = forms.CharField(
        label=_("Why it will not be done"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}), help_text=PRINTED,
        error_messages={"required": _("Say why it will not be done: the customer will ask.")},
    )  # fmt: skip
