"""What the steps of a review ask."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Day
from acr_program.ui.phrases import long_day
from acr_program.workflow.days import is_working
from acr_program.workflow.forms import CommentForm, StepForm
from acr_program.workflow.log import LogEntry

from ..choices import ContributionStatus, Delivery, RequestStatus
from ..pages.rounds import rounds_of

LONGEST = 60_000  # characters in one section; more is no text a customer would read


class AnswerForm(StepForm):
    """A contributor's section: the text for the customer, and a note that never leaves the office."""

    text = forms.CharField(
        label=_("Text for the customer"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Write the section, or ask the office to waive it.")},
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note for the office"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Never shown to the customer."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial = {"text": self.obj.text, "note": self.obj.note, **self.initial}
        text = self.fields["text"]
        text.help_text = self.obj.section.guidance
        text.words, text.widget.reading = self.obj.section.max_words, True  # type: ignore[attr-defined]  # counted and set by the page

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        words, limit = len(text.split()), self.obj.section.max_words
        if limit and words > limit:
            raise forms.ValidationError(
                _("The text has %(words)d words; this section takes %(limit)d. Shorten it by %(over)d.")
                % {"words": words, "limit": limit, "over": words - limit}
            )
        return text


class ReopenForm(CommentForm):
    """Which sections go back to their contributors, and why; none where the rest of the document has changed."""

    sections: Any = forms.ModelMultipleChoiceField(
        label=_("Sections that go back to their contributors"), queryset=None, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where none is ticked the document is compiled again from what is there."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accepted = self.obj.contributions.filter(status=ContributionStatus.ACCEPTED).select_related(
            "section", "request__account", "request__year"
        )
        self.fields["sections"].queryset = accepted  # type: ignore[attr-defined]
        self.fields["sections"].label_from_instance = lambda row: row.section.title  # type: ignore[attr-defined]
        self.order_fields(["sections", "unchanged", "comment"])


class ReworkForm(ReopenForm):
    """Which sections go back, or that none has to: what a leader asked for is answered either way."""

    sections = forms.ModelMultipleChoiceField(
        label=_("Sections that go back to their contributors"), queryset=None, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    unchanged = forms.BooleanField(
        label=_("No section has to be rewritten"), required=False,
        help_text=_("The document is compiled again from what is there. The leader who is asked next reads why."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sections"].one_of = _("or tick below that none has to be rewritten")  # type: ignore[attr-defined]

    def quotes(self) -> list[LogEntry]:
        """The leader's word that is to be answered."""
        return [one.asked for one in rounds_of(self.obj)[:1]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "sections" in data and bool(data["sections"]) == bool(data.get("unchanged")):
            words = _("Tick the sections that go back to their contributors, or say that none has to be rewritten.")
            self.add_error("sections", words)
        return data


class ApproveForm(StepForm):
    """Approves exactly the manifest that was shown."""

    signs = forms.CharField(widget=forms.HiddenInput, max_length=64)
    comment = forms.CharField(
        label=_("A word to the office"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["signs"] = self.obj.signs


class ShipForm(StepForm):
    """With whom the copies travel; many reviews may go out in one consignment."""

    same_for_many = True
    carrier = forms.CharField(label=_("Carrier"), max_length=80)
    tracking = forms.CharField(label=_("Tracking number"), max_length=80)


def went_out_on(request: Any) -> date | None:
    """The day from which the customer can have it, as the log has it.

    Of copies it is the day of the last approval: they may be carried there, and their arrival confirmed much later.
    """
    state = RequestStatus.APPROVED if request.delivery == Delivery.PRINTED else RequestStatus.DELIVERED
    reached = request.log().filter(after=state).exclude(before=state).last()
    return localdate(reached.at) if reached else None


EARLY = timedelta(days=3)  # so far before its plan a meeting is no slip of the pen
WEEKEND = _("That day is on a weekend: look whether it is the right one.")


class MeetingForm(StepForm):
    """When it was, who was there, how it went."""

    met_on = Day(
        label=_("Day of the meeting"),
        widget=forms.DateInput(attrs={"type": "date", "data-weekend": WEEKEND}, format="%Y-%m-%d"),
    )
    really = forms.BooleanField(label=_("That is really the day"), required=False)
    attendees = forms.CharField(
        label=_("Who was there"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Both sides, by name."),
    )
    rep_feedback = forms.CharField(
        label=_("How it went"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What worked, what did not, what the template or the process should change."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            return
        del self.fields["really"]
        if self.obj.meeting_on <= localdate():
            self.initial = {"met_on": self.obj.meeting_on, **self.initial}

    def clean_met_on(self) -> Any:
        day = self.cleaned_data["met_on"]
        if day > localdate():
            raise forms.ValidationError(_("That day is still ahead: say it when the meeting was held."))
        out = went_out_on(self.obj)
        if out and day < out:
            words = _(
                "The document was delivered on %(day)s: the meeting was on that day or later. Choose its day again."
            )
            if self.obj.delivery == Delivery.PRINTED:
                words = _(
                    "The document was approved on %(day)s: the meeting was on that day or later. Choose its day again."
                )
            raise forms.ValidationError(words % {"day": long_day(out)})
        return day

    def clean(self) -> dict[str, Any]:
        """An odd day asks once more; any other never does."""
        data = super().clean() or self.cleaned_data
        ticked, day = data.pop("really", False), data.get("met_on")
        odd = odd_day(day, self.obj.meeting_on) if day else ""
        if not odd:
            self.fields.pop("really", None)
        elif not ticked:
            self.add_error("really", _("%(odd)s Tick it if that is right, or choose the day again.") % {"odd": odd})
        return data


def odd_day(day: date, planned: date) -> str:
    """Why a day may be a slip; nothing where it is likely."""
    if not is_working(day):
        return _("%(day)s is on a weekend.") % {"day": long_day(day)}
    if planned - day > EARLY:
        return _("%(day)s is well before %(planned)s, for which the meeting was planned.") % {
            "day": long_day(day), "planned": long_day(planned),
        }  # fmt: skip
    return ""


class CloseForm(StepForm):
    """The customer's own words, or why there are none."""

    same_for_many = True
    customer_feedback = forms.CharField(
        label=_("What the customer said"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    comment = forms.CharField(label=_("Or why there is no answer"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.one_of = _("one of the two is needed")  # type: ignore[attr-defined]  # said in place of “optional”

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("customer_feedback") and not data.get("comment"):
            raise forms.ValidationError(_("Enter what the customer said, or why there is no answer."))
        return data
