"""A member's ballot and note of dissent: what is typed goes sealed into the step (feature 69, P12)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Cards, Long
from acr_program.workflow.forms import StepForm
from acr_program.workflow.sealed import Sealed

from ..choices_panel import Outcome
from .panel_fields import Score

NOTES: dict[str, Any] = {
    Outcome.QUALIFY: _("It gets the status, and a tier."),
    Outcome.EXTEND: _("It shows in another year what is still missing."),
    Outcome.REJECT: _("It leaves, and may not be nominated again for a set time."),
    Outcome.MAINTAIN: _("It keeps the status for another year."),
    Outcome.RETURN: _("It has to show again that it deserves the status."),
    Outcome.DOWN_TIER: _("It loses the status."),
}


class CastForm(StepForm):
    """A score for each question, a vote, and why."""

    GIVES = ("ballot",)
    vote = forms.ChoiceField(label=_("Your vote"), widget=Cards(notes=NOTES))
    words = Long(label=_("Why"), rows=4, max_length=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        review = self.obj.review
        vote: Any = self.fields["vote"]
        vote.choices = [(outcome.value, outcome.label) for outcome in review.outcomes]
        self.asked = {f"score_{place}": question for place, question in enumerate(review.asked())}
        for name, question in self.asked.items():
            self.fields[name] = Score(label=question)
        self.order_fields([*self.asked, "vote", "words"])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        scores = {question: given.get(name) for name, question in self.asked.items()}
        return {"ballot": Sealed(scores=scores, vote=given.get("vote", ""), words=given.get("words", ""))}


class DissentForm(StepForm):
    """Why one would have decided otherwise."""

    GIVES = ("note",)
    words = Long(
        label=_("Your dissent"), rows=5, max_length=4000,
        help_text=_("It stands in the minutes beside the decision, with your name."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].initial = self.obj.dissent if self.obj.member_id == self.user.pk else ""

    def clean(self) -> dict[str, Any]:
        return {"note": Sealed(words=self.cleaned_data.get("words", ""))}
