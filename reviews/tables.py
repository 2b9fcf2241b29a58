"""What the lists of reviews show."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from accounts.marks import named
from acr_program.people.models import User
from acr_program.ui import markup, phrases
from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.kept import gettext as _
from acr_program.ui.lists import ENOUGH, counted
from acr_program.ui.tones import label_of
from acr_program.workflow.ages import age_column
from reviews.choices import ENDED, RequestStatus
from reviews.choices import ContributionStatus as S
from reviews.models import InformationRequest, ReviewRequest, TemplateVersion
from reviews.pages.holders import holder_of, on_it


def facts_of(request: ReviewRequest) -> str:
    """What tells one review of an account from another: R12 · executive · 2026."""
    return f"{number_of(request)} · {label_of(request, 'audience').lower()} · {request.year.label}"


def number_of(request: ReviewRequest) -> str:
    return f"R{request.pk}"


def state_of(request: ReviewRequest) -> RequestStatus:
    return RequestStatus(request.status)


def room_left(request: ReviewRequest) -> int | None:
    """The room of a row, which two of its cells ask for, counted once."""
    known = vars(request)
    if "room_left" not in known:
        known["room_left"] = request.room
    left: int | None = known["room_left"]
    return left


def room_of(request: ReviewRequest) -> str:
    """How much time is left in the present stage, in the ink of its tone."""
    room = room_left(request)
    if room is not None and room >= 0 and request.status == RequestStatus.DELIVERED:
        return markup.quiet(_("meets on %(day)s") % {"day": phrases.day(request.meeting_on)})
    if room is not None:
        return markup.toned(phrases.room(room), phrases.room_tone(room))
    if request.met_on:
        return markup.quiet(_("met %(day)s") % {"day": phrases.day(request.met_on)})
    return markup.quiet(_("ended") if request.status in ENDED else _("not under way"))


def day_of_meeting(request: ReviewRequest) -> date:
    """The day they met; before that the day they are to meet."""
    return request.met_on or request.meeting_on


def was_planned(request: ReviewRequest) -> str:
    moved = request.met_on and request.met_on != request.meeting_on
    return _("planned for %(day)s") % {"day": phrases.day(request.meeting_on)} if moved else ""


def requests_for(user: User) -> Table:
    """The list as this person reads it: what is with them is with “You”."""
    return Table(
        columns=[
            Column("account", _("Review"), value=named, plain=lambda request: request.account.name, link=True, sub=facts_of),
            Column("status", _("State"), value=state_of, plain=lambda request: state_of(request).label),
            age_column(lambda request: phrases.room_tone(room_left(request))),
            Column("holder", _("With"), value=partial(holder_of, user=user), sub=on_it, empty=_("nobody")),
            Column("rep", _("Sales representative"), value="rep.name"),
            Column("meeting_on", _("Meeting"), value=day_of_meeting, sub=was_planned, sort="meeting", nowrap=True),
            Column("room", _("Room to spare"), value=room_of, plain=lambda request: request.room),
        ],
        sorts=[
            Sort("newest", _("newest"), "-created_at", "-id"), Sort("meeting", _("meeting"), "meeting_on", "id"),
        ],
        noun=(_("request"), _("requests")),
        pick=True,
        reads=(
            "status", "audience", "meeting_on", "met_on", "delivery", "pace", "rep__name", "account__name", "year__label",
        ),
        also=[
            Column("number", _("Request"), value=number_of), Column("on_it", _("On it now")),
            Column("audience", _("Audience")), Column("year", _("Year"), value="year.label"),
        ],
    )  # fmt: skip


def due_of(section: InformationRequest) -> SafeString | str:
    """The day, in the ink of a warning where it has passed and somebody still has to write or to read."""
    waits = section.status in (S.REQUESTED, S.RETURNED, S.SUBMITTED)
    shown = phrases.day(section.due_on)
    return markup.toned(shown, "bad") if waits and section.due_on < localdate() else shown


SECTIONS = Table(
    columns=[
        Column("request", gettext_lazy("Review"), lambda section: str(section.request), link=True, sub="section.title"),
        Column("status", gettext_lazy("State")),
        age_column(lambda section: "neutral"),
        Column("contributor", gettext_lazy("Asked of"), "contributor.name", nowrap=True),
        Column("due_on", gettext_lazy("Due"), value=due_of, plain=lambda s: s.due_on, nowrap=True),
        Column("words", gettext_lazy("Words"), num=True),
    ],
    sorts=[
        Sort("newest", gettext_lazy("newest"), "-id"),
        Sort("oldest", gettext_lazy("oldest"), "id"),
    ],
    noun=(gettext_lazy("section"), gettext_lazy("sections")),
    pick=True,
    also=[Column("section", gettext_lazy("Section"), "section.title")],
)


def version_of(template: TemplateVersion) -> str:
    return _("%(audience)s, version %(number)s") % {
        "audience": template.get_audience_display(), "number": template.number,
    }  # fmt: skip


def kept_by(template: Any) -> int | str:
    """How many reviews; beyond a thousand nobody counts."""
    return counted(template.kept_by) if template.kept_by > ENOUGH else int(template.kept_by)


TEMPLATES = Table(
    columns=[
        Column("number", gettext_lazy("Version"), value=version_of, link=True),
        Column("status", gettext_lazy("State")),
        Column("section_count", gettext_lazy("Sections"), num=True),
        Column("kept_by", gettext_lazy("Reviews that keep it"), value=kept_by, num=True),
    ],
    sorts=[
        Sort("audience", gettext_lazy("audience"), "audience", "-number", "-id"),
        Sort("newest", gettext_lazy("newest"), "-id"),
    ],
    noun=(gettext_lazy("version"), gettext_lazy("versions")),
)
