"""Many rows and the board in a real browser: ticks, their number, the look at each; arrow keys, and the menu without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.office import RealOffice

pytestmark = [pytest.mark.browser, pytest.mark.process]

Sit = Callable[..., Page]


def test_ticks_are_counted_and_looked_at_before_anything_happens(office: RealOffice, sit: Sit) -> None:
    page = sit("admin")
    page.goto("/reviews/?state=submitted")
    expect(page.get_by_role("group", name="With the chosen rows")).to_be_hidden()
    page.get_by_role("checkbox", name="Choose all on this page").check()
    rows = page.locator("input[name=pick]").count()
    expect(page.locator("[data-picked]")).to_have_text(f" ({rows})")
    page.get_by_role("button", name="Send back…").click()

    expect(page.locator("#main")).to_contain_text("Nothing is done yet.")
    page.get_by_label("Why").fill("The goal is missing.")
    expect(page.get_by_role("button", name="Send back:")).to_be_visible()
    page.get_by_role("link", name="Go back").click()
    expect(page).to_have_url(f"{office.url}/reviews/?state=submitted")


def test_arrow_keys_go_from_card_to_card_and_enter_opens(office: RealOffice, sit: Sit) -> None:
    page = sit("admin")
    page.goto("/reviews/board/")
    cards = page.locator(".card > a")
    cards.first.focus()
    page.keyboard.press("ArrowRight")
    expect(cards.first).not_to_be_focused()
    expect(page.locator(".card > a:focus")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    expect(cards.first).to_be_focused()
    address = cards.first.get_attribute("href")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{office.url}{address}")
