"""What is asked after a meeting: of the customer by link, of the representative, and of whoever answers a suggestion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Form
from acr_program.workflow.forms import CommentForm, StepForm
from reviews.choices import RequestStatus, TemplateStatus
from reviews.choices_feedback import LEAST, MOST, SuggestionKind
from reviews.conditions import applying
from reviews.models import RepFeedback, Section, TemplateVersion
from reviews.tokens import spoken

PROCESS = [state for state in RequestStatus if state not in (RequestStatus.CLOSED, RequestStatus.CANCELLED)]


STEPS = [(f"stage:{state.value}", state.label) for state in PROCESS]


def scale(question: Any, low: Any, high: Any) -> forms.TypedChoiceField:
    """One to five, with the words that stand at its ends."""
    field = forms.TypedChoiceField(
        label=question, coerce=int, choices=[(n, str(n)) for n in range(LEAST, MOST + 1)], widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five."), "invalid_choice": _("Choose one of the five.")},
    )  # fmt: skip
    field.low, field.high = low, high  # type: ignore[attr-defined]
    return field


class CustomerForm(Form):
    """Five questions in two minutes, and who answers them."""

    value = scale(_("How much value do you see in working with us?"), _("none"), _("very much"))
    delivery = scale(_("Did we deliver what we had promised?"), _("hardly anything"), _("everything"))
    relationship = scale(_("How is the relationship with our people?"), _("poor"), _("excellent"))
    extend = scale(_("How likely are you to extend what you do with us?"), _("surely not"), _("surely"))
    change = forms.CharField(
        label=_("If we could change one thing, what should it be?"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    said_by = forms.CharField(
        label=_("Your name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("So that we know who speaks, should the mail have been passed on to you."),
        error_messages={"required": _("Say who you are.")},
    )  # fmt: skip

    @property
    def scales(self) -> list[forms.BoundField]:
        return [self[name] for name in ("value", "delivery", "relationship", "extend")]


class Suggests(StepForm):
    """Asks what it is about, a section or a step of the process, and what should change there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = self.choices()  # type: ignore[attr-defined]

    def choices(self) -> list[Any]:
        return choices_of(self.obj)

    def clean(self) -> dict[str, Any]:
        """Both or neither."""
        data = super().clean() or self.cleaned_data
        about, words = data.get("about", ""), data.get("words", "")
        if words and not about and "about" not in self.errors:
            self.add_error("about", _("Say what your suggestion is about."))
        if about and not words and "words" not in self.errors:
            self.add_error("words", _("Say what should change."))
        return data


class RepFeedbackForm(Suggests):
    """What worked, what did not, and what the template or the process should change."""

    worked = forms.CharField(
        label=_("What worked"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what worked: the office closes the review with it.")},
    )  # fmt: skip
    did_not = forms.CharField(
        label=_("What did not work"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    about = forms.ChoiceField(label=_("What should change"), required=False)
    words = forms.CharField(
        label=_("How it should change"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The program manager reads it and answers; you are told."),
    )  # fmt: skip


class SuggestionForm(Suggests):
    """One more suggestion."""

    about = forms.ChoiceField(label=_("What should change"))
    words = forms.CharField(
        label=_("How it should change"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The program manager reads it and answers; you are told."),
    )  # fmt: skip


def choices_of(feedback: RepFeedback) -> list[Any]:
    """The sections of the template of this review, and the steps of the process."""
    every = Section.objects.filter(template=feedback.request.template_id, slot=False).order_by("place")
    return grouped(applying(every, feedback.request.account))


def grouped(sections: Iterable[Section], *, told_apart: bool = False) -> list[Any]:
    """Sections and steps of the process, in two groups; sections of several versions are told apart by their readers."""

    def named(one: Section) -> str:
        return f"{spoken(one.title)} ({one.template.get_audience_display()})" if told_apart else spoken(one.title)

    return [
        ("", _("Nothing")),
        (SuggestionKind.TEMPLATE.label, [(f"section:{one.pk}", named(one)) for one in sections]),
        (SuggestionKind.PROCESS.label, STEPS),
    ]


class AdoptForm(CommentForm):
    """How it is taken up, and in which version of the template."""

    same_for_many = False
    comment = forms.CharField(
        label=_("What becomes of it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Told to whoever suggested it."), error_messages={"required": _("Say what becomes of it.")},
    )  # fmt: skip
    adopted_in: Any = forms.ModelChoiceField(
        label=_("In which version of the template"), queryset=None,
        error_messages={"required": _("Say which version takes it up; begin a draft where none is open.")},
    )  # fmt: skip
    adopted_stage = forms.ChoiceField(
        label=_("Which step of the process takes it up"), choices=[(state.value, state.label) for state in PROCESS]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.obj.kind == SuggestionKind.TEMPLATE:
            versions = TemplateVersion.objects.filter(audience=self.obj.audience)
            versions = versions.exclude(status__in=[TemplateStatus.RETIRED, TemplateStatus.DISCARDED]).order_by("-pk")
            self.fields["adopted_in"].queryset = versions  # type: ignore[attr-defined]
            del self.fields["adopted_stage"]
        else:
            self.fields["adopted_stage"].initial = self.obj.stage
            del self.fields["adopted_in"]


class DeclineForm(CommentForm):
    """Why it stays as it is; of many one word can do."""

    same_for_many = True
    comment = forms.CharField(
        label=_("Why it stays as it is"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Told to whoever suggested it."), error_messages={"required": _("Say why it stays as it is.")},
    )  # fmt: skip
