"""Calendar files (RFC 5545): what is met and what is due, as any calendar program takes it; times are UTC."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText, vUri

PRODUCT = "-//Annual customer review program//EN"


@dataclass(frozen=True)
class Guest:
    """Somebody who is invited, as calendar programs name them."""

    name: str
    email: str


@dataclass(frozen=True)
class Entry:
    """One thing in a calendar: a moment with its length, or a whole day where `begins` is a date.

    `uid` stays the same for life and `sequence` rises with every change: by both a calendar knows the old for the new.
    """

    uid: str
    title: str
    begins: date | datetime
    changed_at: datetime
    minutes: int = 0
    sequence: int = 0
    text: str = ""
    url: str = ""
    place: str = ""
    cancelled: bool = False
    blocks: bool = True  # whether its time is taken
    organizer: Guest | None = None
    guests: tuple[Guest, ...] = field(default=())


def written(entries: Iterable[Entry], *, method: str = "PUBLISH", name: str = "") -> str:
    """The file, the same bytes for the same entries."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=1), {"value": "DURATION"})
    for entry in entries:
        calendar.add_component(event(entry))
    return str(calendar.to_ical(), "utf-8")


def event(entry: Entry) -> Event:
    found = Event()
    found.add("uid", entry.uid)
    found.add("sequence", entry.sequence)
    found.add("dtstamp", entry.changed_at.astimezone(UTC))
    found.add("summary", entry.title)
    if isinstance(entry.begins, datetime):
        begins = entry.begins.astimezone(UTC)
        found.add("dtstart", begins)
        found.add("dtend", begins + timedelta(minutes=entry.minutes))
    else:
        found.add("dtstart", entry.begins)
        found.add("dtend", entry.begins + timedelta(days=1))
    found.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    found.add("transp", "OPAQUE" if entry.blocks else "TRANSPARENT")
    for name, said in (("location", entry.place), ("description", entry.text)):
        if said:
            found.add(name, said)
    if entry.url:
        found.add("url", vUri(entry.url))
    if entry.organizer:
        found.add("organizer", address(entry.organizer))
    for guest in entry.guests:
        invited = address(guest)
        invited.params["role"] = vText("REQ-PARTICIPANT")
        invited.params["partstat"] = vText("NEEDS-ACTION")
        invited.params["rsvp"] = vText("TRUE")
        found.add("attendee", invited, encode=False)
    return found


def address(guest: Guest) -> vCalAddress:
    found = vCalAddress(f"mailto:{guest.email}")
    found.params["cn"] = vText(guest.name)
    return found
