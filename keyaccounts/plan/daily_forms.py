"""What is asked of queries, insights, ideas, renewals and surveys, and of a contact that took place (N8.1 to N8.6)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Form
from acr_program.workflow.days import add_working_days

from ..choices_plan import ActionState, EventKind, Severity, Side, Voice
from ..models import Event
from .row_forms import RowForm

ANSWER = 2  # working days in which a query is answered, where nobody says otherwise
RUN_UP = 90  # days before a renewal in which it is prepared, where nobody says otherwise
BETWEEN = timedelta(days=91)  # from one short survey to the next
NEED, ISSUE, REASON, NOTE, RESEARCH = "needs", "issues", "reasons", "notes", "research"
BECOMES = [
    (NEED, _("A need of theirs")), (ISSUE, _("An issue or a challenge of theirs")), (REASON, _("A reason why they buy from us")),
    (NOTE, _("Something to be remembered")), (RESEARCH, _("Research on the relationship")),
]  # fmt: skip
ASKED = {
    NEED: "voice",
    REASON: "voice",
    ISSUE: "severity",
    RESEARCH: "side",
}  # what such a row must say beside its words


class QueryForm(RowForm):
    """A question of the customer: when it came, by when it is answered, when it was, and how (N8.1)."""

    headings = {
        _("The question"): ["what", "who", "asked_at", "due", "owner"],
        _("The answer"): ["answered_at", "answer"],
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].label = say("What they ask")
        self.fields["due"].label = say("To be answered by")
        for name in ("asked_at", "due", "owner"):
            self.fields[name].required = True
        if self.instance.pk is None:
            self.initial.setdefault("asked_at", now())
            self.initial.setdefault("due", add_working_days(localdate(), ANSWER))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        asked, answered, answer = (given.get(name) for name in ("asked_at", "answered_at", "answer"))
        if answer and not answered and "answered_at" not in self.errors:
            given["answered_at"] = answered = now()
        if answered and not answer:
            self.add_error("answer", say("Say what was answered."))
        for name, moment in (("asked_at", asked), ("answered_at", answered)):
            if moment and moment > now() + timedelta(minutes=1):
                self.add_error(name, say("This moment is still to come."))
        if asked and answered and answered < asked:
            self.add_error("answered_at", say("It was answered before it was asked: one of the two moments is wrong."))
        if asked and given.get("due") and given["due"] < localdate(asked):
            self.add_error("due", say("This day lies before the question."))
        return given


class LearntForm(RowForm):
    """An insight or an idea: it has come up already (N8.2, N8.4)."""

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on and on > localdate():
            raise forms.ValidationError(say("This day is still to come."))
        return on


class RenewalForm(RowForm):
    """What runs out and when, how long it is prepared before, and what came of it (N8.5)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].label = say("What is to be renewed")
        self.fields["due"].label = say("Runs out on")
        for name in ("due", "run_up", "owner"):
            self.fields[name].required = True
        if self.instance.pk is None:
            self.initial.setdefault("run_up", RUN_UP)
        self.fields["run_up"].help_text = say(
            "So many days before, it waits for its owner until the outcome is written down."
        )


class RunUpForm(RowForm):
    """One task before a renewal: by when, and who has it (N8.5)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event: Any = self.fields["event"]
        event.queryset = event.queryset.filter(kind=EventKind.RENEWAL)
        for name in ("event", "due", "owner"):
            self.fields[name].required = True
        state: Any = self.fields["state"]
        state.choices = [one for one in ActionState.choices if one[0] != ActionState.WAITING]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        event, due = given.get("event"), given.get("due")
        if event and due and event.due and due > event.due:
            self.add_error("due", say("The renewal is over by then: it runs out before this day."))
        given["done_on"] = localdate() if given.get("state") == ActionState.DONE else None
        return given


class SurveyForm(RowForm):
    """A short survey: when it is due and whom it asks; once it is answered, the score and their words (N8.6)."""

    headings = {_("When and whom"): ["due", "who", "owner"], _("What they said"): ["on", "score", "what"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].required = False
        self.fields["what"].label = say("In their words")
        self.fields["on"].label = say("Answered on")
        self.fields["score"].help_text = say(
            "How good it is to work with us, from 0 to 10. Open until they have answered."
        )
        for name in ("due", "who", "owner"):
            self.fields[name].required = True
        if self.instance.pk is None:
            self.initial.setdefault("due", localdate() + BETWEEN)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        score = given.get("score")
        if score is not None and not 0 <= score <= 10:
            self.add_error("score", say("A score is from 0 to 10."))
        if score is not None and given.get("on") and given["on"] > localdate():
            self.add_error("on", say("This day is still to come."))
        return given


class InTouchForm(RowForm):
    """Somebody at the customer was met or called: when, and when again (N8.3)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_on"].required = True
        self.initial["last_on"] = localdate()
        rhythm = self.instance.rhythm
        self.initial["next_on"] = localdate() + timedelta(days=rhythm) if rhythm else None
        self.fields["note"].help_text = say("What the next one who speaks to them has to know.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        last, next_ = given.get("last_on"), given.get("next_on")
        if last and last > localdate():
            self.add_error("last_on", say("This day has not come yet."))
        if next_ and next_ <= localdate():
            self.add_error("next_on", say("This day is over: say when you will be in touch again."))
        return given


class LedForm(Form):
    """What an insight becomes in the parts on needs and on the relationship, with what such a row must say (N8.2)."""

    became = forms.ChoiceField(label=_("It becomes"), choices=BECOMES)
    voice = forms.ChoiceField(
        label=_("Stated or assumed"), choices=[("", _("not asked")), *Voice.choices], required=False,
        help_text=_("For a need and for a reason."),
    )  # fmt: skip
    severity = forms.ChoiceField(
        label=_("Severity"), choices=[("", _("not asked")), *Severity.choices], required=False, help_text=_("For an issue.")
    )  # fmt: skip
    side = forms.ChoiceField(
        label=_("Inside or outside"), choices=[("", _("not asked")), *Side.choices], required=False, help_text=_("For research.")
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        asked = ASKED.get(given.get("became", ""), "")
        if asked and not given.get(asked):
            self.add_error(asked, say("Say this as well: the row needs it."))
        return {name: value if name in ("became", asked) else "" for name, value in given.items()}


def is_open(row: Model) -> bool:
    """A query without its answer, a renewal without its outcome, a survey without its score: it goes on into the next year."""
    assert isinstance(row, Event)
    done = {EventKind.QUERY: row.answered_at, EventKind.RENEWAL: row.outcome, EventKind.SURVEY: row.score}
    return done[EventKind(row.kind)] in (None, "")
