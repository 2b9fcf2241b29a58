"""Mails to whoever is to be at a meeting, each with the calendar file that tells their calendar the same (features, 14)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from acr_program.desk.ical import Entry, Guest, written
from acr_program.outbox.post import Enclosure, Recipient
from acr_program.outbox.render import absolute
from acr_program.outbox.safe import defuse
from acr_program.people.models import User
from acr_program.ui.shell import company
from acr_program.workflow.book import current

from ..models import Attendee, Meeting

REQUEST, CANCEL = "REQUEST", "CANCEL"


class Told(NamedTuple):
    """How many were told of a change, and how many were invited with it."""

    changed: int = 0
    invited: int = 0


def invite(meeting: Meeting, *, everybody: bool, changed: bool) -> Told:
    """Tell whoever is invited of a change; with `everybody`, invite the others as well."""
    reachable = [one for one in meeting.attendees.all() if one.email]
    known = [one for one in reachable if one.invited]
    if meeting.begins_at is None:
        return Told()
    if changed:
        write(meeting, known, "changed", REQUEST)
    new = [one for one in reachable if not one.invited] if everybody else []
    if new:
        write(meeting, new, "invited", REQUEST)
        Attendee.objects.filter(pk__in=[one.pk for one in new]).update(invited=True)
    return Told(len(known) if changed else 0, len(new))


def withdraw_from(meeting: Meeting, gone: Iterable[Attendee]) -> None:
    """They are not expected any more."""
    write(meeting, [one for one in gone if one.invited and one.email], "withdrawn", CANCEL)


def tell_cancelled(meeting: Meeting) -> None:
    if meeting.begins_at is None:
        return  # nobody was invited: an invitation names the time, and it stays named
    write(meeting, [one for one in meeting.attendees.all() if one.invited and one.email], "cancelled", CANCEL)


def write(meeting: Meeting, to: list[Attendee], kind: str, method: str) -> None:
    """One mail each: ours with the way to the page, the customer's without."""
    if not to:
        return
    guests = to if method == CANCEL and kind == "withdrawn" else [one for one in meeting.attendees.all() if one.email]
    file = Enclosure("meeting.ics", "calendar", file_of(meeting, method, guests), method=method)
    people = User.objects.in_bulk([one.person_id for one in to if one.person_id])
    ours = [people[one.person_id] for one in to if one.person_id]
    theirs = [Recipient(one.name, one.email, meeting.zone) for one in to if not one.person_id]
    key = f"meeting-{meeting.pk}-{meeting.version}-{kind}"
    given = {"meeting": meeting, "kind": kind, "rep": meeting.request.rep, "title": title_of(meeting)}
    for readers, url in ((ours, absolute(meeting.get_absolute_url())), (theirs, "")):
        context = given | {"url": url}
        current().post(meeting, key=key, to=readers, template="meeting", context=context, enclosed=[file])


def title_of(meeting: Meeting) -> str:
    """As both sides read it in their calendars."""
    return _("%(customer)s and %(company)s: review of %(year)s") % {
        "customer": meeting.request.account.name, "company": company(), "year": meeting.request.year.label,
    }  # fmt: skip


def file_of(meeting: Meeting, method: str, guests: Iterable[Attendee]) -> str:
    """The calendar file of one meeting; its number in the sequence is its version, which rises with every change."""
    return written([entry_of(meeting, guests, cancelled=method == CANCEL)], method=method)


def entry_of(meeting: Meeting, guests: Iterable[Attendee] = (), *, cancelled: bool = False) -> Entry:
    """The meeting as a calendar has it: at its moment, or on its day while no time is named."""
    rep = meeting.request.rep
    return Entry(
        uid=str(meeting.uid), sequence=meeting.version, title=defuse(title_of(meeting)), changed_at=meeting.changed_at,
        begins=meeting.begins_at or meeting.on, minutes=meeting.minutes, place=defuse(meeting.place),
        text=defuse(meeting.agenda), url=meeting.link, cancelled=cancelled, organizer=Guest(rep.name, rep.email),
        guests=tuple(Guest(one.name, one.email) for one in guests if one.email),
    )  # fmt: skip
