"""Ernst Handel's review from its approval to its close, and into the next year's document: out of the door and back."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.acts import state_of, take_up
from tests.browser.company import address_of
from tests.browser.office import RealOffice
from tests.jobs.office import until
from tests.render.reading import words
from tests.reviews.shop import SECRET, Shop, a_shop

from . import acts, afterwards, approved, meeting, printing
from .acts import ANDREW, NANCY, OUTSIDER, ROLAND, Sit, expect_state, letter_to, letters_to, link_in, text_of
from .travel import move_on

pytestmark = [pytest.mark.browser, pytest.mark.process, pytest.mark.realdata, pytest.mark.usefixtures("company")]

ADA, JANET = address_of("admin"), "janet.leverling@northwind.example"
YARD, RAMP = "They want pallets unwrapped in the yard.", "A ramp stands in the yard, and pallets are unwrapped there."
OUTCOME = "The new crates are tried in Graz from September; freight stays as it is."
WORKED, DID_NOT = "Open talk about the yard.", "The figures of May were asked for and not there."
SUGGESTION, CHANGE = "Say how pallets arrive.", "Tell us of a late lorry before it is late."
PROMISED, MARKED = "Deliver within five days of each order.", "Unwrap pallets on arrival"


@pytest.mark.demand("R-24", "R-25", "R-26", "M24", "issue 5, shown by 1", "issue 5, shown by 3")
def test_ernst_handel_from_approved_to_closed_and_into_the_next_years_document(
    office: RealOffice, browser: Browser, sit: Sit, tmp_path: Path
) -> None:
    address = approved.ernst_handel(office, sit)
    with a_shop(503, 503) as shop:
        first, feed = in_may_the_copies_are_printed_and_the_meeting_is_planned(office, sit, address)
        webhook = {
            "ACR_PRINT_WEBHOOK": shop.url,
            "ACR_PRINT_WEBHOOK_SECRET": SECRET,
            "ACR_PRINT_EVENTS_SECRET": "e" * 40,
        }
        move_on(office, datetime(1998, 6, 25, 9, tzinfo=UTC), **webhook)
        more = a_day_late_the_copies_leave_and_two_more_are_ordered(office, sit, address, first, feed)
        move_on(office, datetime(1998, 6, 30, 9, tzinfo=UTC))
        a_day_behind_their_day_all_copies_arrive(office, sit, address, shop, more)
        move_on(office, datetime(1998, 7, 1, 16, tzinfo=UTC))
        the_meeting_is_held_and_told_of(office, sit, address)
        move_on(office, datetime(1998, 7, 2, 9, tzinfo=UTC))
        asked = letter_to(office, ROLAND, "Five questions after your Annual Customer Review 1998")
        move_on(office, datetime(1998, 7, 10, 9, tzinfo=UTC))
        reminded_the_customer_answers_and_the_review_is_closed(office, sit, address, link_in(office, asked, "say"))
        the_evidence_of_it_is_whole(browser, sit, address, tmp_path / "pack")
        move_on(office, datetime(1999, 3, 1, 9, tzinfo=UTC))
        what_was_undertaken_is_reminded_of_and_one_thing_is_done(office, sit)
        the_next_document_tells_what_became_of_both(office, sit, shop)


def in_may_the_copies_are_printed_and_the_meeting_is_planned(
    office: RealOffice, sit: Sit, address: str
) -> tuple[dict[str, object], str]:
    """The drop has the sealed file with its ticket; whose address is on it says that it is printed."""
    ticket = printing.picked_up(office, "P1")
    assert (ticket["copies"], ticket["needed_by"]) == (4, "1998-06-29")
    printing.say_printed(sit(), ticket)
    nancy = sit(NANCY)
    meeting.planned(office, nancy, address)
    feed = meeting.subscribed(nancy)
    assert meeting.meeting_in(meeting.read_feed(feed)) == meeting.PLANNED
    printing.all_handed_over(office)
    return ticket, feed


def a_day_late_the_copies_leave_and_two_more_are_ordered(
    office: RealOffice, sit: Sit, address: str, first: dict[str, object], feed: str
) -> str:
    """They should have left on the 24th: the office and Nancy are told before their day is missed, until they are shipped."""
    nancy, admin = sit(NANCY), sit("admin")
    for person in (ADA, NANCY):
        told = text_of(letter_to(office, person, "The copies may come too late: Print order P1"))
        assert "needed by Monday 29 June 1998 and have not left the printer" in told
    printing.in_danger(nancy, address, "P1", "About to miss its day")
    printing.in_danger(admin, address, "P1", "About to miss its day")
    printing.among_exceptions(admin, "Copies in danger", "Ernst Handel")
    until(lambda: bool(letters_to(office, ADA, "A stage has slipped: Ernst Handel")), 180, office.told)

    printing.say_shipped(sit(), first, "Federal Shipping", "FS-10248")
    expect_state(nancy, address, "Shipped")
    expect(nancy.locator("#print-orders")).to_contain_text("Federal Shipping, FS-10248")
    expect(nancy.locator("#print-orders")).not_to_contain_text("About to miss its day")

    meeting.moved(office, nancy, address)
    assert meeting.meeting_in(meeting.read_feed(feed)) == meeting.MOVED
    return printing.order_once_more(admin, address, 2, date(1998, 6, 30), "Two more of theirs come to the meeting.")


def a_day_behind_their_day_all_copies_arrive(office: RealOffice, sit: Sit, address: str, shop: Shop, more: str) -> None:
    """The alarm until somebody says that they are there; the shop took the others at its third try, and says all by events."""
    nancy, admin = sit(NANCY), sit("admin")
    for person in (ADA, NANCY):
        told = text_of(letter_to(office, person, "The copies are late: Print order P1"))
        assert "needed by Monday 29 June 1998 and nobody has said that they arrived" in told
    printing.in_danger(nancy, address, "P1", "Has missed its day")
    printing.among_exceptions(admin, "Copies in danger", "Ernst Handel")
    assert "The document is with the customer" in " ".join(meeting.readiness(nancy, address))

    nancy.goto(address)
    nancy.get_by_role("button", name="Confirm delivery").click()
    expect(state_of(nancy)).to_have_text("Delivered")
    expect(nancy.locator(".next")).to_contain_text("the meeting is on Wed 1 Jul")
    expect(nancy.locator("#follow-ups")).to_contain_text(PROMISED)
    assert meeting.readiness(nancy, address) == []

    until(lambda: sum(b'"%s"' % more.encode() in body for _head, body in shop.got) >= 3, 600, office.told)
    ticket, tries = printing.posted(office, shop, more)
    assert (ticket["copies"], tries) == (2, 3)
    admin.goto(f"/reviews/print-orders/{more[1:]}/")
    expect(state_of(admin)).to_have_text("With the printer")
    for kind in ("printed", "shipped", "delivered"):
        said = printing.event(office, id=kind, event=kind, order=more, carrier="Speedy Express", tracking="SE-77")
        assert said == f"Taken: {more}."
    again = printing.event(office, id="delivered", event="delivered", order=more)
    assert again == "That was said already; nothing changes."
    admin.reload()
    expect(state_of(admin)).to_have_text("Delivered")
    nancy.goto(address)
    expect(nancy.locator("#print-orders")).not_to_contain_text("Has missed its day")


def the_meeting_is_held_and_told_of(office: RealOffice, sit: Sit, address: str) -> None:
    """Who came, what was shown, what came of it; a note becomes a follow-up, and Nancy says how it went."""
    nancy = sit(NANCY)
    meeting.held(nancy, address, OUTCOME)
    meeting.noted(nancy, address, [YARD, "Greta Groll sends the plan of the yard."])
    meeting.marked(nancy, YARD, MARKED, "Andrew Fuller", date(1998, 10, 15))
    told = text_of(letter_to(office, ANDREW, f"Undertaken for Ernst Handel, by Thu 15 Oct: {MARKED}"))
    assert "by Thursday 15 October 1998" in told
    assert "by Wednesday 30 September 1998" in text_of(letter_to(office, JANET, "Undertaken for Ernst Handel"))
    afterwards.said_by_rep(nancy, address, WORKED, DID_NOT, SUGGESTION)
    manager = sit("manager")
    manager.goto("/reviews/suggestions/")
    expect(manager.locator("#main table")).to_contain_text(SUGGESTION)


def reminded_the_customer_answers_and_the_review_is_closed(
    office: RealOffice, sit: Sit, address: str, first_link: str
) -> None:
    """The clock asked the day after and once more a week later; answered on a phone without scripts, once."""
    once_more = letter_to(office, ROLAND, "Once more: five questions")
    customer = sit(width=390, scripts=False)
    afterwards.answered(customer, link_in(office, once_more, "say"), (5, 4, 5, 4), CHANGE, "Roland Mendel")
    customer.goto(first_link)
    expect(customer.get_by_role("heading", level=1)).to_have_text("Thank you")
    for person in (ADA, NANCY):
        told = text_of(letter_to(office, person, "Ernst Handel has answered the five questions"))
        assert "Delivery against promise: 4 of 5" in told
        assert CHANGE in told

    admin, nancy = sit("admin"), sit(NANCY)
    afterwards.closed(admin, address)
    admin.goto("/reviews/feedback/")
    expect(admin.locator("#main tr", has_text="1998").first).to_contain_text("4.0")
    admin.goto("/reviews/process/followed/")
    expect(admin.locator("#main")).to_contain_text("None left it")
    expect_state(nancy, address, "Closed")
    expect(nancy.locator("#feedback")).to_contain_text(WORKED)
    expect(nancy.locator("#feedback")).to_contain_text(CHANGE)
    letter_to(office, NANCY, "Ada Admin closed the review: Ernst Handel")


def the_evidence_of_it_is_whole(browser: Browser, sit: Sit, address: str, folder: Path) -> None:
    """The pack checks itself, and tells all of it without a network."""
    afterwards.pack_of(sit(NANCY), address, folder)
    afterwards.checked(folder)
    with afterwards.offline(browser, folder) as page:
        told = page.locator("main").inner_text()
        for said in ("Federal Shipping, FS-10248", "Speedy Express, SE-77", "Two more of theirs come to the meeting.", OUTCOME,
                     YARD, "Ernst Handel senior", WORKED, DID_NOT, SUGGESTION, CHANGE, PROMISED, MARKED):  # fmt: skip
            assert said.rstrip(".") in told, said
        page.get_by_role("link", name="receipt.json").first.click()
        expect(page.locator("body")).to_contain_text("Andrew Fuller")


def what_was_undertaken_is_reminded_of_and_one_thing_is_done(office: RealOffice, sit: Sit) -> None:
    """Both days have passed by months: each was reminded of once, and what is late is told above. Andrew says what came of his."""
    assert MARKED in text_of(letter_to(office, ANDREW, "Reminder: Do what was undertaken"))
    assert PROMISED in text_of(letter_to(office, JANET, "Reminder: Do what was undertaken"))
    assert PROMISED in text_of(letter_to(office, ANDREW, "Still open, with Janet Leverling"))
    andrew = sit(ANDREW)
    andrew.goto("/")
    take_up(andrew, MARKED)
    andrew.get_by_label("What came of it").fill(RAMP)
    andrew.get_by_label("Done on").fill("1998-11-02")
    andrew.get_by_role("button", name="It is done").click()
    expect(andrew.locator("#main")).to_contain_text("It was done after its day; the customer's document says so.")


def the_next_document_tells_what_became_of_both(office: RealOffice, sit: Sit, shop: Shop) -> None:
    """The year 1999, another review of Ernst Handel: what is approved, sealed and printed says how both ended, or did not."""
    manager, nancy, admin, andrew = sit("manager"), sit(NANCY), sit("admin"), sit(ANDREW)
    acts.begin_year(manager, 1999)
    acts.say_that_texts_hold(manager)
    again = acts.ask_for_printed_review(nancy, "Ernst Handel, Graz", date(1999, 5, 12), f"Roland Mendel, {ROLAND}")
    acts.accepted(admin, again)
    assert acts.write_all(sit("contributor"), "Ernst Handel", by_when="1999-09-30") == 4
    acts.write_by_link(office, sit(), OUTSIDER, "Ernst Handel, executive review 1999", 2)
    acts.read_all(admin, again, 6)
    expect_state(nancy, again, "In approval")
    take_up(andrew, "Ernst Handel")
    expect(andrew.locator("#main")).to_contain_text(RAMP)
    andrew.get_by_role("button", name="Approve version 1").click()
    expect_state(nancy, again, "Printing")

    until(lambda: any(b'"P3"' in body for _head, body in shop.got), 180, office.told)
    printing.posted(office, shop, "P3")
    nancy.get_by_role("link", name="Open the document").click()
    with nancy.expect_download() as handed:
        nancy.get_by_role("link", name="Download the PDF").click()
    said = " ".join(words(handed.value.path().read_bytes()).split())
    for told in ("What became of our commitments", "1 of 2", "1 of them late", MARKED, "Done late", "A ramp stands in the yard",
                 "Janet Leverling", "It is late, and carried over."):  # fmt: skip
        assert told in said, told
    assert PROMISED[:-1] in " ".join(meeting.readiness(nancy, again))
