"""Taking back in a real browser, while the workers work: the mail about the step has not left, and never does."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.office import RealOffice

pytestmark = [pytest.mark.browser, pytest.mark.process]

Sit = Callable[..., Page]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_step_is_taken_back_from_the_sentence_that_says_so(office: RealOffice, sit: Sit, scripts: bool) -> None:
    page = sit("manager", scripts=scripts)
    page.goto("/accounts/?search=Hanok")
    page.get_by_role("link", name="Hanok Table Co.").click()
    page.get_by_role("link", name="Flag a risk").click()
    page.get_by_label("Why").fill("Pressed by mistake.")
    page.get_by_role("button", name="Flag a risk").click()
    said = page.get_by_role("status").filter(has_text="A risk is flagged")
    expect(said).to_be_visible()
    said.get_by_role("button", name="Undo").click()

    expect(page.locator(".flashes")).to_contain_text("Hanok Table Co. is at “Active” again.")
    expect(page.locator("#main")).to_contain_text("took back: flagged a risk")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
