"""Forms keep what was typed, whatever happens; the main path goes by keyboard alone, and without JavaScript."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from acr_program.workflow.days import add_working_days
from tests.browser.acts import SENTENCE, accept, ask_for_review, state_of
from tests.browser.office import RealOffice

pytestmark = [pytest.mark.browser, pytest.mark.process]

Sit = Callable[..., Page]
TABS = 60  # more than this to reach the one next thing would wear anybody out


@pytest.mark.demand("screens: forms keep what was typed")
def test_a_refused_answer_leaves_the_others_as_typed(office: RealOffice, sit: Sit) -> None:
    page = sit("everything")
    page.goto(f"/reviews/{office.company['reviews']['delivered']}/steps/hold_meeting/")
    page.get_by_label("Day of the meeting").fill(add_working_days(date.today(), 3).isoformat())
    page.get_by_label("Who else was there").fill("Kim Kunde")
    page.get_by_role("button", name="Record the meeting").click()

    expect(page.locator("#main")).to_contain_text("That day is still ahead")
    expect(page.get_by_label("Who else was there")).to_have_value("Kim Kunde")


@pytest.mark.demand("screens: forms keep what was typed")
def test_a_step_refused_as_stale_keeps_what_was_typed(office: RealOffice, sit: Sit) -> None:
    address = ask_for_review(sit("rep"), "Galway Bay Provisions")
    admin, one, other = sit("admin"), sit("contributor"), sit("contributor")
    accept(admin, address)
    for window in (one, other):
        window.goto("/reviews/sections/")
        window.locator("#main a", has_text="Galway Bay Provisions").first.click()
    section = one.url
    one.get_by_label("Text for the customer").fill(SENTENCE)
    other.get_by_label("Text for the customer").fill("A first try.")
    other.get_by_role("button", name="Submit the section").click()
    expect(state_of(other)).to_have_text("Submitted")
    admin.goto(section)
    admin.get_by_role("link", name="Send the section back").click()
    admin.get_by_label("Why").fill("Too general.")
    admin.get_by_role("button", name="Send the section back").click()
    expect(admin.locator("#main")).to_contain_text("The section is sent back")
    admin.goto(section)
    expect(state_of(admin)).to_have_text("Returned")

    one.get_by_role("button", name="Submit the section").click()
    expect(one.get_by_role("alert")).to_contain_text("Ada Admin: Send the section back")
    expect(one.get_by_label("Text for the customer")).to_have_value(SENTENCE)
    one.get_by_role("button", name="Submit the section").click()
    expect(state_of(one)).to_have_text("Submitted")
    expect(one.locator(".sheet")).to_contain_text(SENTENCE)


@pytest.mark.demand("screens: forms keep what was typed")
def test_what_was_typed_for_a_step_that_closed_can_still_be_copied(office: RealOffice, sit: Sit) -> None:
    address = ask_for_review(sit("rep"), "Hanok Table Co.")
    slow, fast = sit("second admin"), sit("admin")
    slow.goto(f"{address}steps/send_back/")
    slow.get_by_label("Why").fill("Which of the two sites is it?")
    accept(fast, address)
    slow.get_by_role("button", name="Send back").click()

    expect(slow.get_by_role("alert")).to_contain_text("Ada Admin: Accept")
    expect(slow.get_by_label("What you typed, to copy")).to_have_value("Which of the two sites is it?")


@pytest.mark.demand("screens: the draft saves itself", "features, 3")
def test_the_draft_of_a_request_is_there_again(office: RealOffice, sit: Sit) -> None:
    page = sit("rep")
    page.goto("/reviews/new/")
    page.get_by_label("Account", exact=True).select_option(label="Kauri Coast Lodges, Portland")
    page.get_by_label("What should the meeting achieve?").fill("Settle the delivery windows.")
    expect(page.get_by_text("Kept at")).to_be_visible()
    page.goto("/")
    page.goto("/reviews/new/")

    expect(page.get_by_text("Your draft is here again.")).to_be_visible()
    expect(page.get_by_label("What should the meeting achieve?")).to_have_value("Settle the delivery windows.")
    page.get_by_role("button", name="Start afresh").click()
    expect(page.get_by_label("What should the meeting achieve?")).to_have_value("")


@pytest.mark.demand("screens: by keyboard alone")
def test_a_request_is_accepted_by_keyboard_alone(office: RealOffice, sit: Sit) -> None:
    address = ask_for_review(sit("rep"), "Tatra Dairy Works")
    page = sit("admin")
    page.goto("/")
    tab_to(page, "To the content")
    page.keyboard.press("Enter")
    tab_to(page, "Accept the request or send it back", row="Tatra Dairy Works")
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    tab_to(page, "Accept")
    page.keyboard.press("Enter")
    expect(state_of(page)).to_have_text("Gathering")


def tab_to(page: Page, words: str, row: str = "") -> None:
    """Press Tab until what has the focus says these words; in the row of a list, where one is named."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement.innerText.trim()")
        near = page.evaluate("(document.activeElement.closest('li, section') ?? document.body).innerText")
        if said.startswith(words) and row in near:
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"one cannot see that “{words}” has the focus"
            return
    raise AssertionError(f"“{words}” is not reached with {TABS} tabs")


@pytest.mark.demand("screens: without JavaScript for the main path")
def test_without_javascript_a_review_is_requested_and_accepted(office: RealOffice, sit: Sit) -> None:
    page = sit("rep", scripts=False)
    page.goto("/reviews/new/")
    page.get_by_label("Account", exact=True).select_option(label="Érablière Gagnon et Fils, Portland")
    page.get_by_label("Date", exact=True).fill(add_working_days(date.today(), 40).isoformat())
    page.get_by_label("What should the meeting achieve?").fill("Agree on next year.")
    page.get_by_role("button", name="Submit the request").click()
    expect(page.locator("#main")).to_contain_text("Choose who gets the link")
    page.locator("#delivery-part select[name=recipient]").select_option(label="Kim Kunde, kim@customer.example")
    page.get_by_role("button", name="Submit the request").click()
    expect(state_of(page)).to_have_text("Submitted")

    accept(sit("admin", scripts=False), page.url)
