"""A meeting follows its review: it is planned with it, held with it and cancelled with it; and one door moves both."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.places import zones_of
from acr_program.people.models import User
from acr_program.ui.phrases import names
from acr_program.workflow.book import click, clock, for_many
from acr_program.workflow.edit import begin, begin_many, differences, edit
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform, perform_many
from acr_program.workflow.redating import due_anew

from ..choices import ENDED, DocumentStatus, MeetingStatus, Side
from ..choices import RequestStatus as S
from ..models import Approval, Attendee, Document, InformationRequest, Meeting, ReviewRequest
from .inviting import invite, tell_cancelled, withdraw_from
from .printing import follow_meeting

UNSAID = "UTC"  # stands where nobody has chosen a zone: no customer's office lives by it
BEFORE = (S.DRAFT, S.SUBMITTED, S.RETURNED)  # the request's own form says the day


def begin_all(requests: list[ReviewRequest], by: User) -> list[Meeting]:
    begun = begin_many([Meeting(request=request, zone=zone_for(request)) for request in requests], by=by)
    Attendee.objects.bulk_create(one for meeting in begun for one in first_at(meeting))
    return begun


def zone_for(review: ReviewRequest) -> str:
    """The clock of the account's country where it has but one; of several the representative's own, if it is one of them."""
    zones, own = zones_of(review.account.country), review.rep.time_zone
    if len(zones) == 1:
        return zones[0]
    return own if own in zones or not zones else UNSAID


def zone_of(meeting: Meeting) -> str:
    """The zone of a meeting as it stands; empty where somebody has to choose it with the time."""
    if meeting.at:
        return meeting.zone
    known = zone_for(meeting.request) if meeting.zone == UNSAID else meeting.zone
    return "" if known == UNSAID else known


def first_at(meeting: Meeting) -> Iterable[Attendee]:
    """Nobody starts from nothing: the representative, and whoever is to have the document."""
    rep, recipient = meeting.request.rep, meeting.request.recipient
    yield Attendee(meeting=meeting, side=Side.US, person=rep, name=rep.name, email=rep.email)
    if recipient:
        yield Attendee(
            meeting=meeting, side=Side.YOU, contact=recipient, name=recipient.name, email=recipient.email
        )  # fmt: skip


def plan_for_all(requests: list[ReviewRequest], entries: list[LogEntry]) -> None:
    begin_all(requests, entries[0].by)


@for_many(plan_for_all)
def plan_with_review(request: ReviewRequest, entry: LogEntry) -> None:
    """Accepted, it has a meeting on the day that was asked for."""
    plan_for_all([request], [entry])


def may_be_planned(review: ReviewRequest) -> bool:
    """Once the office has accepted the request, and until it is over."""
    return review.status not in (*BEFORE, S.MET, *ENDED)


def plan_anew(review: ReviewRequest, *, by: User) -> Meeting:
    """Another meeting in place of a cancelled one; the one that stands, where there is one."""
    with click():
        review = lock(review)
        if not may_be_planned(review):
            raise Refused(
                _("A meeting is planned once the office has accepted the request, and until the review ends.")
            )
        standing = Meeting.objects.standing().filter(request=review).first()
        return standing or begin_all([review], by)[0]


def plan(
    meeting: Meeting, *, by: User, seen: int | None, key: str | None, on: date, place: str, attendees: list[Attendee],
    send: bool, **fields: Any,
) -> Meeting:  # fmt: skip
    """Write the plan: its own fields, the day and the place of its review, who is to be there; and tell whoever is invited.

    Whatever changes, the version rises by one; `told` on the meeting says to how many mails went. Where the day has
    moved, what the review makes wait is due anew.
    """
    with click():
        review = lock(meeting.request)  # first: what the meeting says of its day is read from the row that is held
        meeting = lock(meeting)
        if not meeting.is_planned:
            raise Refused(_("This meeting is not planned any more: it was held or cancelled."))
        stood, before = list(meeting.attendees.all()), meeting.version
        moved = (review.meeting_on, review.meeting_place) != (on, place)
        gone, new = who_differs(stood, attendees)
        comment = seated(gone, new)
        if moved or comment or differences(meeting, fields):
            fields["changed_at"] = now()
        meeting = edit(meeting, seen=seen, by=by, key=key, comment=comment, **fields)
        if meeting.version == before:
            meeting.told = invite(meeting, everybody=send, changed=False)
            return meeting
        if moved:
            move(review, by=by, on=on, place=place)
        Attendee.objects.filter(pk__in=[one.pk for one in gone]).delete()
        Attendee.objects.bulk_create(new)
        withdraw_from(meeting, gone)
        meeting.told = invite(meeting, everybody=send, changed=True)
    return meeting


def move(review: ReviewRequest, *, by: User, on: date, place: str) -> None:
    """The review's own day and place, through its door; sections, approvals and copies are due by the new plan."""
    stood = review.meeting_on
    review = edit(review, seen=review.version, by=by, meeting_on=on, meeting_place=place)
    if stood != on:
        parts: list[Any] = [
            *InformationRequest.objects.filter(request=review),
            *Approval.objects.filter(request=review),
        ]
        for part in parts:
            part.request = review
        due_anew([review, *parts])
        follow_meeting(review, review.taken.entry, stood)


def who_differs(stood: list[Attendee], wanted: list[Attendee]) -> tuple[list[Attendee], list[Attendee]]:
    """Who is not wanted any more, and who is new; whoever stays keeps what is known of them."""
    known, asked = ({one.identity: one for one in rows} for rows in (stood, wanted))
    gone = [one for identity, one in known.items() if identity not in asked]
    return gone, [one for identity, one in asked.items() if identity not in known]


def seated(gone: list[Attendee], new: list[Attendee]) -> str:
    """For the log: who has come to the table, and who has left it."""
    said = [_("Now at the table: %(names)s.") % {"names": names(new)}] if new else []
    return " ".join([*said, *([_("No more at the table: %(names)s.") % {"names": names(gone)}] if gone else [])])


def held(review: ReviewRequest, entry: LogEntry) -> None:
    """The representative has said that it was: the meeting keeps who came, what was shown and what came of it (R-26)."""
    said = entry.detail.data
    others = said.get("others")
    came: dict[str, Any] = {
        "met_on": review.met_on, "came": said.get("came"), "others": review.attendees if others is None else others,
        "shown": shown_of(review, said), "outcome": said.get("outcome", ""),
    }  # fmt: skip
    planned = Meeting.objects.filter(request=review, status=MeetingStatus.PLANNED)
    if not perform_many(planned, "hold", by=clock(), inside=entry, **came):
        meeting = begin(Meeting(request=review, zone=zone_for(review)), by=clock())
        perform(meeting, "hold", by=clock(), seen=None, inside=entry, **came)


def shown_of(review: ReviewRequest, said: dict[str, Any]) -> Document | None:
    """The version that lay on the table: a sealed one of this review, and no other; the one there is where nobody said."""
    sealed = {one.pk: one for one in review.documents.filter(status=DocumentStatus.SEALED)}
    if "shown" not in said:
        return next(iter(sealed.values()), None)
    if said["shown"] is not None and said["shown"] not in sealed:
        raise Refused(_("Only a sealed document of this review can have been shown. Choose it again."))
    return sealed.get(said["shown"])


def cancel_of_all(requests: list[ReviewRequest], entries: list[LogEntry]) -> None:
    planned = Meeting.objects.filter(request__in=requests, status=MeetingStatus.PLANNED)
    perform_many(planned, "cancel", by=clock(), inside=entries[0], comment=_("The review was cancelled."))


@for_many(cancel_of_all)
def cancel_with_review(request: ReviewRequest, entry: LogEntry) -> None:
    """A cancelled review is met no more."""
    cancel_of_all([request], [entry])


def cancelled(meeting: Meeting, entry: LogEntry) -> None:
    """Whoever has it in their calendar is told, and their calendar with them."""
    tell_cancelled(meeting)
