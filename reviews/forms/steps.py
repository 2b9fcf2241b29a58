"""What the steps of a review ask."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Day, Several
from acr_program.ui.phrases import long_day
from acr_program.workflow.days import is_working
from acr_program.workflow.forms import CommentForm, StepForm
from acr_program.workflow.log import LogEntry

from ..choices import BY_LINE, ContributionStatus, Delivery, DocumentStatus, MeetingStatus, RequestStatus, SectionKind
from ..choices_feedback import CustomerStatus
from ..models import Attendee
from ..pages.rounds import rounds_of
from ..prose import objections
from .lines import SPARE, Lines, as_typed, lines_for

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

    lines: Lines | None = None  # commitments or issues, where the section takes them

    def __init__(self, *args: Any, spare: int = SPARE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial = {"text": self.obj.text, "note": self.obj.note, **self.initial}
        kind = self.obj.section.kind
        if kind in BY_LINE:
            known = self.initial.get("lines")
            known = as_typed(self.obj.lines()) if known is None and not self.is_bound else known or []
            self.lines = lines_for(kind, self.data if self.is_bound else None, known, spare=spare)
            self.fields["text"].required = False
            self.fields["text"].label = _("Outlook") if kind == SectionKind.COMMITMENTS else _("In general")
        text = self.fields["text"]
        text.help_text = self.obj.section.guidance
        text.words, text.widget.reading = self.obj.section.max_words, True  # type: ignore[attr-defined]  # counted and set by the page

    def clean(self) -> dict[str, Any]:
        """Text and lines together keep within the words of the section, and one of them is there."""
        data = super().clean() or self.cleaned_data
        if self.lines is not None:
            if not self.lines.is_valid():
                self.add_error(None, _("Some lines need another look: what is wrong stands beside them."))
                return data
            data["lines"] = self.lines.given
            if not data.get("text") and not data["lines"] and "text" not in self.errors:
                self.add_error("text", _("Write an outlook or enter a line, or ask the office to waive the section."))
        words, limit = len(data.get("text", "").split()), self.obj.section.max_words
        words += self.lines.words if self.lines else 0
        if limit and words > limit:
            says = _("The text has %(words)d words; this section takes %(limit)d. Shorten it by %(over)d.")
            self.add_error("text", says % {"words": words, "limit": limit, "over": words - limit})
        for objection in objections(data.get("text", "")):
            self.add_error("text", str(objection))
        return data


class ByHandForm(StepForm):
    """A step that the program takes by itself: who takes it leaves the process, and says why (R-02)."""

    same_for_many = True
    comment = forms.CharField(
        label=_("Why by hand"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The program does this by itself as soon as it can. It is listed where reviews left the process."),
        error_messages={"required": _("Say what stood in its way: it is listed where reviews left the process.")},
    )  # fmt: skip


class CompileForm(ByHandForm):
    """Names the optional sections that are still being written, and asks whether the document goes without them.

    Where none is out it asks for the reason alone; looked at for many reviews at once, it is asked once for all of them.
    """

    same_for_many = True
    without = forms.BooleanField(
        label=_("Compile without the optional sections that are still being written"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.out = list(still_written(self.obj)) if self.obj.pk else []
        if self.out:
            self.fields["without"].label = _("Compile without them")
            self.fields["without"].help_text = _("%(sections)s. Each is told that it is not wanted any more.") % {
                "sections": "; ".join(map(being_written, self.out))
            }
        elif self.obj.pk:
            del self.fields["without"]
        self.order_fields(["without", "comment"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.out and not data.get("without"):
            words = _("Still being written: %(sections)s. Tick that the document is compiled without them, or wait.")
            self.add_error("without", words % {"sections": "; ".join(map(being_written, self.out))})
        return data


def still_written(review: Any) -> Any:
    """The optional sections that a start of the compiling would withdraw."""
    out = review.contributions.filter(status=ContributionStatus.REQUESTED, section__required=False)
    return out.select_related("section", "contributor").order_by("section__place", "pk")


def being_written(one: Any) -> str:
    return gettext("“%(section)s”, with %(who)s until %(day)s") % {
        "section": one.section.title, "who": one.contributor.name, "day": long_day(one.request.content_by),
    }  # fmt: skip


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
        return [one.asked for one in rounds_of(self.obj, {})[:1]]

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
    """When it was, and who was there; how it went is asked next."""

    met_on = Day(
        label=_("Day of the meeting"),
        widget=forms.DateInput(attrs={"type": "date", "data-weekend": WEEKEND}, format="%Y-%m-%d"),
    )
    really = forms.BooleanField(label=_("That is really the day"), required=False)
    came: Any = forms.ModelMultipleChoiceField(
        label=_("Who came, of those expected"), queryset=None, required=False, widget=Several()
    )
    attendees = forms.CharField(
        label=_("Who else was there"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Both sides, by name."),
    )
    shown: Any = forms.ModelChoiceField(
        label=_("Which document was shown"), queryset=None, required=False, empty_label=_("None was shown")
    )
    outcome = forms.CharField(
        label=_("Outcome"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was agreed, in a few sentences. It can be written on the page of the meeting later as well."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        expected, sealed = expected_at(self.obj), self.obj.documents.filter(status=DocumentStatus.SEALED)
        self.fields["came"].queryset, self.fields["shown"].queryset = expected, sealed  # type: ignore[attr-defined]
        self.fields["shown"].label_from_instance = lambda one: _("Version %(n)s") % {"n": one.number}  # type: ignore[attr-defined]
        if not expected:
            del self.fields["came"]
            self.fields["attendees"].label = _("Who was there")
        if self.is_bound:
            return
        del self.fields["really"]
        self.initial = {"came": [one.pk for one in expected], "shown": sealed.first(), **self.initial}
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
        data["others"], came = data.get("attendees", ""), data.get("came", ())
        data["attendees"] = ", ".join(filter(None, [*(one.name for one in came), data["others"]]))
        if not data["attendees"] and "attendees" not in self.errors:
            self.add_error("attendees", _("Say who was there."))
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


def expected_at(review: Any) -> Any:
    """Whoever was to be at the meeting of this review."""
    return Attendee.objects.filter(meeting__request=review, meeting__status=MeetingStatus.PLANNED)


class CloseForm(StepForm):
    """Where the customer has not answered by link: their words as they reached us otherwise, or why there are none."""

    same_for_many = True
    customer_feedback = forms.CharField(
        label=_("What the customer said otherwise"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )  # fmt: skip
    comment = forms.CharField(label=_("Or why there is no answer"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_answered:
            del self.fields["comment"]
            return
        for field in self.fields.values():
            field.one_of = _("one of the two is needed")  # type: ignore[attr-defined]  # said in place of “optional”

    @property
    def is_answered(self) -> bool:
        asked = getattr(self.obj, "said_by_customer", None)
        return asked is not None and asked.status == CustomerStatus.ANSWERED

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.is_answered and not data.get("customer_feedback") and not data.get("comment"):
            raise forms.ValidationError(_("Enter what the customer said, or why there is no answer."))
        return data
