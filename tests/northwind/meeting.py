"""The meeting: planned and moved, in everybody's calendar, held, with a note that becomes a follow-up."""

from __future__ import annotations

import re
import urllib.request
from datetime import date, datetime
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import vobject
from playwright.sync_api import Page, expect

from tests.browser.acts import state_of
from tests.browser.office import RealOffice

from .acts import ROLAND, letter_to, text_of

VIENNA = ZoneInfo("Europe/Vienna")
PLANNED, MOVED = (datetime(1998, 7, 1, hour, 30, tzinfo=VIENNA) for hour in (14, 15))
AGENDA = "1. The year\n2. The new crates\n3. What we undertake"


def planned(office: RealOffice, nancy: Page, address: str) -> None:
    """Nancy says time and place, who comes of both sides and what about; all four are invited."""
    nancy.goto(address)
    nancy.locator("#meeting-plan").get_by_role("link", name="Change the plan").click()
    nancy.get_by_label("Begins at").fill("14:30")
    nancy.get_by_label("Time zone").select_option("Europe/Vienna")
    nancy.get_by_label(re.compile("^Place")).fill("Kirchgasse 6, Graz")
    nancy.get_by_role("checkbox", name="Andrew Fuller").check()
    nancy.get_by_label("Others on the customer’s side").fill("Greta Groll <greta.groll@ernsthandel.example>")
    nancy.get_by_label("Agenda").fill(AGENDA)
    nancy.get_by_label("Invite everybody named here now").check()
    nancy.get_by_role("button", name="Keep the plan").click()
    expect(state_of(nancy)).to_have_text("Planned")
    for name in ("Nancy Davolio", "Andrew Fuller", "Roland Mendel", "Greta Groll"):
        expect(nancy.locator("#attendees li", has_text=name)).to_contain_text("invited")
    invitation = letter_to(office, ROLAND, "Invitation, Wednesday 1 July 1998")
    assert "14:30 to 15:30 on the clock of Europe/Vienna" in text_of(invitation)
    assert "2. The new crates" in text_of(invitation)
    event = enclosed(invitation)
    assert event.dtstart.value == PLANNED
    assert guests_of(event) == {ROLAND, "greta.groll@ernsthandel.example", "nancy.davolio@northwind.example",
                                "andrew.fuller@northwind.example"}  # fmt: skip


def moved(office: RealOffice, nancy: Page, address: str) -> None:
    """An hour later: whoever was invited is told without being asked for, and their calendars put it in place of the first."""
    first = enclosed(letter_to(office, ROLAND, "Invitation, "))
    nancy.goto(address)
    nancy.locator("#meeting-plan").get_by_role("link", name="Change the plan").click()
    nancy.get_by_label("Begins at").fill("15:30")
    nancy.get_by_role("button", name="Keep the plan").click()
    expect(state_of(nancy)).to_have_text("Planned")
    again = enclosed(letter_to(office, ROLAND, "Changed, Wednesday 1 July 1998"))
    assert again.uid.value == first.uid.value
    assert int(again.sequence.value) > int(first.sequence.value)
    assert again.dtstart.value == MOVED


def subscribed(page: Page) -> str:
    """An address of one's own for a calendar program; it is said once."""
    page.goto("/me/")
    page.get_by_role("button", name="Make an address").click()
    said = page.locator("#main").inner_text()
    found = re.search(r"http\S+\.ics", said)
    assert found, said
    page.reload()
    expect(page.locator("#main")).not_to_contain_text(".ics")
    return found[0]


def read_feed(address: str) -> list[Any]:
    """As a calendar program reads it: without signing in, by a library that shares no code with ours."""
    with urllib.request.urlopen(address, timeout=20) as answer:
        assert answer.headers["Content-Type"].startswith("text/calendar")
        return list(vobject.readOne(answer.read().decode()).contents.get("vevent", []))


def meeting_in(events: list[Any]) -> datetime:
    """When the meeting with Ernst Handel begins, by this calendar; it stands there once."""
    (event,) = [
        one for one in events if isinstance(one.dtstart.value, datetime) and "Ernst Handel" in one.summary.value
    ]
    assert event.location.value == "Kirchgasse 6, Graz"
    begins: datetime = event.dtstart.value
    return begins


def enclosed(mail: EmailMessage) -> Any:
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return vobject.readOne(payload.decode()).vevent


def guests_of(event: Any) -> set[str]:
    return {one.value.lower().removeprefix("mailto:") for one in event.contents["attendee"]}


def readiness(page: Page, address: str) -> list[str]:
    """What the page of the meeting misses, by name."""
    page.goto(address)
    page.locator("#meeting-plan").get_by_role("link", name="To the meeting").click()
    return page.locator("#ready li", has=page.get_by_text("missing", exact=True)).all_inner_texts()


def held(nancy: Page, address: str, outcome: str) -> None:
    """Who came, which document was shown, what came of it."""
    nancy.goto(address)
    nancy.get_by_role("link", name="Record the meeting").click()
    expect(nancy.get_by_label("Day of the meeting")).to_have_value("1998-07-01")
    nancy.get_by_role("checkbox", name="Greta Groll").uncheck()
    nancy.get_by_label("Who else was there").fill("Ernst Handel senior")
    nancy.get_by_label("Which document was shown").select_option(label="Version 2")
    nancy.get_by_label("Outcome").fill(outcome)
    nancy.get_by_role("button", name="Record the meeting").click()
    expect(state_of(nancy)).to_have_text("Met")
    nancy.locator("#meeting-plan").get_by_role("link", name="To the meeting").click()
    expect(state_of(nancy)).to_have_text("Held")
    expect(nancy.locator("#attendees li", has_text="Roland Mendel")).to_contain_text("came")
    expect(nancy.locator("#attendees li", has_text="Greta Groll")).to_contain_text("did not come")
    expect(nancy.locator("#attendees")).to_contain_text("Ernst Handel senior")
    expect(nancy.locator("#facts")).to_contain_text("Version 2")
    expect(nancy.locator("#outcome")).to_contain_text(outcome)


def noted(nancy: Page, address: str, notes: list[str]) -> None:
    nancy.goto(address)
    nancy.locator("#meeting-plan").get_by_role("link", name="To the meeting").click()
    for note in notes:
        nancy.get_by_label("Note", exact=True).fill(note)
        nancy.get_by_role("button", name="Note it").click()
        expect(nancy.locator("#notes")).to_contain_text(note)


def marked(nancy: Page, note: str, what: str, owner: str, due_on: date) -> None:
    """On the page of the meeting: one note becomes a follow-up, and both know of each other."""
    nancy.locator("#notes li", has_text=note).get_by_role("link", name="Mark it").click()
    nancy.get_by_label("What", exact=True).fill(what)
    nancy.get_by_label("Who does it").select_option(label=owner)
    nancy.get_by_label("By when").fill(due_on.isoformat())
    nancy.get_by_role("button", name="Make it a follow-up").click()
    expect(nancy.locator("#main")).to_contain_text(note)
