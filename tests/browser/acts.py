"""What people do in the browser, as they would: by the words on the page."""

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Locator, Page, expect

from acr_program.workflow.days import add_working_days

SENTENCE = "We shipped what we promised, and said so on the day we could not."


def state_of(page: Page) -> Locator:
    """The badge beside the title of a record."""
    return page.locator(".page-head .badge").first


def ask_for_review(page: Page, customer: str) -> str:
    """The representative's part, as typed; gives the address of the request."""
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Request a review").click()
    page.get_by_label("Account", exact=True).select_option(label=f"{customer}, Portland")
    page.get_by_label("Date", exact=True).fill(add_working_days(date.today(), 40).isoformat())
    expect(page.locator("#schedule")).to_contain_text("There is time for every stage.")
    expect(page.locator("#schedule")).to_contain_text("Contributors asked")
    page.get_by_label("Place").fill("Portland")
    page.get_by_label("What should the meeting achieve?").fill("Agree a frame over two years.")
    page.locator("#delivery-part select[name=recipient]").select_option(label="Kim Kunde, kim@customer.example")
    page.get_by_role("button", name="Submit the request").click()
    expect(state_of(page)).to_have_text("Submitted")
    return page.url


def take_up(page: Page, customer: str) -> None:
    """Open what waits on Today about this customer."""
    page.goto("/")
    waiting = page.locator("section.next, li.queue__row", has_text=customer).first
    waiting.locator(".next__acts a, .queue__act a").first.click()


def hand_in(page: Page, customer: str) -> None:
    """A contributor finds what waits, writes it, and hands it in."""
    take_up(page, customer)
    page.get_by_label("Text for the customer").fill(SENTENCE)
    expect(page.locator("#reads")).to_contain_text(SENTENCE)
    page.get_by_role("button", name="Submit the section").click()
    expect(state_of(page)).to_have_text("Submitted")


def accept(admin: Page, address: str) -> None:
    admin.goto(address)
    admin.get_by_role("button", name="Accept").click()
    expect(state_of(admin)).to_have_text("Gathering")


def answer_and_read(sit: Callable[..., Page], admin: Page, address: str, customer: str) -> None:
    """Both contributors write; the administrator accepts one, and opens the other."""
    for who in ("contributor", "second contributor"):
        hand_in(sit(who), customer)
    for place in (0, 1):
        admin.goto(address)
        admin.locator("table .badge", has_text="Submitted").first.wait_for()
        admin.locator("table tr", has_text="Submitted").first.get_by_role("link").first.click()
        expect(admin.locator(".sheet")).to_contain_text(SENTENCE)
        if place == 0:
            admin.get_by_role("button", name="Accept the section").click()
            expect(admin.locator("#main")).to_contain_text("The section is accepted: ")
            expect(state_of(admin)).to_have_text("Submitted")  # the next one to read
