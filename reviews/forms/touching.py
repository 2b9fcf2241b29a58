"""What a touch-point asks: of each text whether it holds, has changed or lacks something; of a star what meetings taught."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from acr_program.workflow.forms import StepForm
from reviews.choices_library import Answer
from reviews.models import Question

from .feedback import Suggests, grouped
from .standard_text import StandardText, begins_as, same_words
from .voices import in_use

GENERAL = [(Answer.UNCHANGED, _("No, nothing new")), (Answer.ADDED, _("Yes, something new"))]


class AnswersForm(StepForm):
    """One answer a text; what is typed beside “nothing has changed” is dropped."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in self.questions:
            item = question.item
            self.fields[f"answer_{question.pk}"] = forms.ChoiceField(
                label=str(item) if item else _("Is there anything new that our documents should say?"),
                choices=Answer.choices if item else GENERAL, widget=forms.RadioSelect, required=False,
            )  # fmt: skip
            if item:
                self.fields[f"text_{question.pk}"] = StandardText(
                    label=_("The text as it should read"), required=False, initial=begins_as(item.current)
                )
            self.fields[f"words_{question.pk}"] = forms.CharField(
                label=_("What is new"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
            )

    @cached_property
    def questions(self) -> list[Question]:
        found = self.obj.questions.select_related("item__function", "item__current")
        return list(found)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The fields of each question together, for the page."""
        return [
            {
                "question": one,
                "answer": self[f"answer_{one.pk}"],
                "text": self[f"text_{one.pk}"] if one.item else None,
                "words": self[f"words_{one.pk}"],
            }
            for one in self.questions
        ]

    def clean(self) -> dict[str, Any]:
        """Every text has an answer; one that has changed says how it should read, one that lacks something what."""
        data = super().clean() or self.cleaned_data
        answers = [row for one in self.questions if (row := self.answered(one, data))]
        kept = {name: data[name] for name in ("code",) if name in data}
        return kept | {"answers": answers}

    def answered(self, one: Question, data: dict[str, Any]) -> dict[str, Any] | None:
        answer = data.get(f"answer_{one.pk}") or ("" if one.item else Answer.UNCHANGED)
        words = data.get(f"words_{one.pk}", "")
        if not answer:
            self.add_error(f"answer_{one.pk}", _("Say whether this text still holds."))
            return None
        if answer == Answer.UNCHANGED:
            return {"question": one.pk, "answer": str(answer)}
        text = self.new_text(one, answer, words, data)
        if one.item is None and not words:
            self.add_error(f"words_{one.pk}", _("Say what is new."))
        return {"question": one.pk, "answer": str(answer), "words": words} | ({"text": text} if text else {})

    def new_text(self, one: Question, answer: str, words: str, data: dict[str, Any]) -> str:
        """The text proposed; nothing where it is left as it is and words alone say what is missing."""
        if one.item is None:
            return ""
        text: str = data.get(f"text_{one.pk}", "").strip()
        same = not text or same_words(one.item.current, text)
        if same and answer == Answer.CHANGED:
            self.add_error(
                f"text_{one.pk}", _("Change the text to how it should read, or say that nothing has changed.")
            )
        elif same and not words:
            self.add_error(f"words_{one.pk}", _("Say what is new, or write it into the text."))
        return "" if same else text

    @property
    def step(self) -> str:
        """Which step these answers are."""
        answers = self.cleaned_data["answers"]
        unchanged = all(row["answer"] == Answer.UNCHANGED for row in answers)
        return "confirm_unchanged" if unchanged else "report_change"

    @property
    def given(self) -> dict[str, Any]:
        """What that step takes."""
        return {} if self.step == "confirm_unchanged" else {"answers": self.cleaned_data["answers"]}


class ChangesForm(AnswersForm):
    """The same for whoever says on the page of the step that something has changed."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.questions and not self.errors and all(row["answer"] == Answer.UNCHANGED for row in data["answers"]):
            self.add_error(None, _("Nothing of this has changed: go back and choose “Nothing has changed”."))
        return data


class LessonForm(Suggests):
    """What a star performer's meetings taught, and what they would change; a change goes to the list of suggestions."""

    lesson = forms.CharField(
        label=_("What did your meetings of this quarter teach?"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("For the template or for the process; the program manager answers."),
        error_messages={"required": _("Say it in a sentence or two, even where it is that nothing needs to change.")},
    )  # fmt: skip
    about = forms.ChoiceField(label=_("What should change"), required=False)
    words = forms.CharField(
        label=_("How it should change"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The program manager reads it and answers; you are told."),
    )  # fmt: skip

    def choices(self) -> list[Any]:
        """The sections of the versions in use, and the steps of the process."""
        return grouped(in_use(), told_apart=True)
