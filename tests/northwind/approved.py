"""Ernst Handel's review of 1998 from its request to the last approval: walked once in an office, whichever test comes first."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.acts import take_up
from tests.browser.office import RealOffice

from . import acts
from .acts import ANDREW, NANCY, ROLAND, WISH, Sit, expect_state

MEETING = date(1998, 7, 1)


def ernst_handel(office: RealOffice, sit: Sit) -> str:
    """The address of the review."""
    if "ernst handel" not in office.company:
        office.company["ernst handel"] = walked(office, sit)
    return str(office.company["ernst handel"])


def walked(office: RealOffice, sit: Sit) -> str:
    """Nancy Davolio, below Andrew Fuller: one contributor by link, and one return for changes."""
    nancy, admin, andrew, cora = sit(NANCY), sit("admin"), sit(ANDREW), sit("contributor")
    acts.give_address(nancy, "Ernst Handel", "Roland Mendel", ROLAND)
    recipient = f"Roland Mendel, {ROLAND}"
    address = acts.ask_for_printed_review(nancy, "Ernst Handel, Graz", MEETING, recipient)
    acts.accepted(admin, address)
    acts.gathered(office, sit, admin, address, "Ernst Handel")
    expect_state(nancy, address, "In approval")

    take_up(andrew, "Ernst Handel")
    andrew.get_by_label("A word to Nancy").fill(WISH)
    andrew.get_by_role("button", name="Ask for changes").click()
    expect(andrew.locator("#main")).to_contain_text("Changes requested")
    expect_state(admin, address, "Changes requested")
    expect(admin.locator("#main")).to_contain_text(WISH)

    acts.rework(admin, "Products and range", "Andrew Fuller asks for the month.")
    assert acts.write_all(cora, "Ernst Handel", "The new crates come in September.") == 1
    acts.read_all(admin, address, 1)
    expect_state(nancy, address, "In approval")

    take_up(andrew, "Ernst Handel")
    expect(andrew.locator("#main")).to_contain_text("September")
    andrew.get_by_role("button", name="Approve version 2").click()
    expect(andrew.locator("#main")).to_contain_text("You have approved: ")
    expect_state(nancy, address, "Printing")
    return address
