"""What is asked to plan a meeting, to write a note of it, and to make a note a follow-up."""

from __future__ import annotations

import re
from email.utils import parseaddr
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact
from acr_program.desk.forms import time_zones
from acr_program.people.models import User
from acr_program.ui.forms import Day, Form, Several
from reviews.actions.meeting import zone_of
from reviews.choices import Side
from reviews.models import Attendee, Meeting

from .follow_ups import PRINTED, ahead, people

LENGTHS = [(30, _("half an hour")), (60, _("an hour")), (90, _("an hour and a half")), (120, _("two hours")),
           (180, _("three hours")), (240, _("half a day")), (480, _("a day"))]  # fmt: skip
PARTED = re.compile(r"[,;]\s*(?=\S+@\S+$)")  # “Kim Kunde, kim@customer.example”


def zones_to_choose() -> list[tuple[str, Any]]:
    return [("", _("Please choose")), *time_zones()]


class PlanForm(Form):
    """When, for how long, where, who, about what; and whether they are invited now."""

    meeting_on = Day(label=_("Day"), help_text=_("The plan of the review is counted back from it, and moves with it."))
    at = forms.TimeField(
        label=_("Begins at"), required=False, input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("This is no time. Write it as hours and minutes, like 14:30.")},
    )  # fmt: skip
    minutes = forms.TypedChoiceField(label=_("Length"), choices=LENGTHS, coerce=int, initial=60)
    zone = forms.ChoiceField(
        label=_("Time zone"), choices=zones_to_choose, required=False,
        help_text=_("The clock at the place of the meeting: whoever is invited reads the time on it."),
    )  # fmt: skip
    meeting_place = forms.CharField(
        label=_("Place"), max_length=160, required=False,
        help_text=_("The customer reads it: on the page that is sent to them, in the invitation and in the calendar file."),
    )  # fmt: skip
    link = forms.URLField(
        label=_("Or link to join"), max_length=500, required=False, assume_scheme="https",
        help_text=_("It stands in the calendar file."),
    )  # fmt: skip
    ours: Any = forms.ModelMultipleChoiceField(label=_("Our side"), queryset=None, required=False, widget=Several())
    another: Any = forms.ModelChoiceField(
        label=_("And somebody else from our side"), queryset=None, required=False, empty_label=_("Nobody else")
    )
    theirs: Any = forms.ModelMultipleChoiceField(
        label=_("The customer’s side, from the contacts"), queryset=None, required=False, widget=Several()
    )
    others = forms.CharField(
        label=_("Others on the customer’s side"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: the name, then the e-mail address where it is known."),
    )  # fmt: skip
    agenda = forms.CharField(
        label=_("Agenda"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Whoever is invited reads it, the customer as well."),
    )  # fmt: skip
    send = forms.BooleanField(
        label=_("Invite everybody named here now"), required=False,
        help_text=_("They get a mail with a calendar file. Whoever was invited before is told of every change in any case."),
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.meeting = meeting
        super().__init__(*args, initial=stands(meeting) | (kwargs.pop("initial", None) or {}), **kwargs)
        fields: Any = self.fields
        near = near_by(meeting)
        fields["ours"].queryset = near
        fields["another"].queryset = people().exclude(pk__in=near.values("pk"))
        fields["theirs"].queryset = Contact.objects.filter(account=meeting.account_id).order_by("name", "pk")
        self.headings = {
            _("When and where"): ["meeting_on", "at", "minutes", "zone", "meeting_place", "link"],
            _("Who"): ["ours", "another", "theirs", "others"],
            _("About what"): ["agenda", "send"],
        }

    def clean_meeting_on(self) -> Any:
        """A day that has passed may stay as it stands; no other is set behind today."""
        day = self.cleaned_data["meeting_on"]
        return day if day == self.meeting.request.meeting_on else ahead(day)

    def clean_others(self) -> list[tuple[str, str]]:
        return [named(line) for line in self.cleaned_data["others"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("at") and "at" not in self.errors:
            if data.get("send"):
                self.add_error("at", _("Say when it begins: an invitation names the time."))
            elif self.meeting.attendees.filter(invited=True).exists():
                self.add_error("at", _("Say when it begins: whoever was invited has the time in their calendar."))
        if data.get("at") and not data.get("zone"):
            self.add_error("zone", _("Choose the time zone: the time is read on the clock of the place."))
        return data

    def values(self) -> dict[str, Any]:
        """What `plan` takes."""
        data = self.cleaned_data
        own = {name: data[name] for name in ("at", "minutes", "zone", "link", "agenda", "send")}
        own["zone"] = own["zone"] or self.meeting.zone
        return own | {"on": data["meeting_on"], "place": data["meeting_place"], "attendees": list(self.attendees())}

    def attendees(self) -> Any:
        data = self.cleaned_data
        for person in dict.fromkeys([*data["ours"], *filter(None, [data["another"]])]):
            yield Attendee(
                meeting=self.meeting, side=Side.US, person=person, name=person.name, email=person.email
            )  # fmt: skip
        for contact in data["theirs"]:
            yield Attendee(
                meeting=self.meeting, side=Side.YOU, contact=contact, name=contact.name, email=contact.email
            )  # fmt: skip
        for name, email in data["others"]:
            yield Attendee(meeting=self.meeting, side=Side.YOU, name=name, email=email)


def stands(meeting: Meeting) -> dict[str, Any]:
    """The plan as it is, as the form shows it."""
    known = list(meeting.attendees.all())
    return {
        "meeting_on": meeting.request.meeting_on, "meeting_place": meeting.request.meeting_place, "at": meeting.at,
        "minutes": meeting.minutes, "zone": zone_of(meeting), "link": meeting.link, "agenda": meeting.agenda,
        "ours": [one.person_id for one in known if one.is_ours],
        "theirs": [one.contact_id for one in known if one.contact_id],
        "others": "\n".join(said(one) for one in known if not one.is_ours and not one.contact_id),
    }  # fmt: skip


def said(one: Attendee) -> str:
    return f"{one.name} <{one.email}>" if one.email else one.name


def named(line: str) -> tuple[str, str]:
    """Name and address of one line, in any of the ways in which people write them."""
    name, address = parseaddr(PARTED.sub(" ", line.strip()).strip()) if "<" in line else ("", "")
    if not address:
        *words, last = PARTED.sub(" ", line.strip()).split()
        name, address = (" ".join(words), last) if "@" in last else (line.strip(), "")
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise forms.ValidationError(
                _("“%(line)s” holds no e-mail address that mail can be sent to."), params={"line": line.strip()}
            ) from None
    name = name or address
    if len(name) > 120:
        raise forms.ValidationError(_("“%(line)s” is too long for a name."), params={"line": f"{name[:40]}…"})
    return name, address


def near_by(meeting: Meeting) -> Any:
    """Those of ours who are likely to come: the representative, who leads them, who wrote for it, who sits there already."""
    review = meeting.request
    near = {review.rep_id, review.rep.reports_to_id, *(one.person_id for one in meeting.attendees.all())}
    near |= set(review.contributions.values_list("contributor", flat=True))
    return User.objects.filter(pk__in=[pk for pk in near if pk]).order_by("name", "pk")


class NoteForm(Form):
    """One line, as it is said at the table."""

    text = forms.CharField(
        label=_("Note"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the note.")},
    )  # fmt: skip


class MarkForm(Form):
    """Who does what the note says, and by when."""

    what = forms.CharField(label=_("What"), max_length=300, help_text=PRINTED)
    owner: Any = forms.ModelChoiceField(label=_("Who does it"), queryset=None)
    due_on = Day(label=_("By when"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people()  # type: ignore[attr-defined]

    def clean_due_on(self) -> Any:
        return ahead(self.cleaned_data["due_on"])


class OutcomeForm(Form):
    """What came of the meeting, written or mended afterwards."""

    outcome = forms.CharField(
        label=_("Outcome"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say what came of the meeting.")},
    )  # fmt: skip
