"""Comments, names after an @, what is found while one types: by keyboard, by axe, and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.judging import Judge
from tests.browser.office import RealOffice

pytestmark = [pytest.mark.browser, pytest.mark.process]

Sit = Callable[..., Page]


@pytest.mark.demand("features, 18")
def test_an_act_is_found_and_begun_by_keyboard_alone(office: RealOffice, sit: Sit) -> None:
    page = sit("admin")
    judge = Judge(page)
    page.goto("/")
    page.keyboard.press("Control+k")
    options = page.locator("#palette [role=option]")
    expect(options.first).to_be_visible()
    page.keyboard.type("add an acc")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-find]")).to_have_attribute("aria-activedescendant", "palette-1-1")
    judge.look("the list under the search")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.type("o")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/new/")
    assert judge.told() == ""


def test_the_question_mark_says_the_keys(office: RealOffice, sit: Sit) -> None:
    page = sit("rep")
    page.goto("/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.demand("features, 31")
def test_a_name_is_chosen_after_an_at_sign_by_keyboard(office: RealOffice, sit: Sit) -> None:
    page = sit("admin")
    judge = Judge(page)
    page.goto(f"/reviews/{office.company['reviews']['in_approval']}/")
    field = page.get_by_label("Your comment", exact=True)
    field.press_sequentially("Is this right, @max")
    expect(page.locator("#id_say_text-names [role=option]")).to_have_count(1)
    judge.look("names after an @")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Is this right, @max.manager ")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".comment", has_text="Is this right").locator(".mention")).to_have_text("@Max Manager")
    told = sit("manager")
    told.goto("/")
    told.get_by_role("link", name="Is this right, @max.manager").click()
    expect(told.locator(".comment:target")).to_contain_text("Is this right")
    assert judge.told() == ""


def test_without_javascript_one_comments_finds_names_and_answers(office: RealOffice, sit: Sit) -> None:
    page = sit("admin", scripts=False)
    address = f"/reviews/{office.company['reviews']['delivered']}/"
    page.goto(address)
    page.get_by_role("link", name="Who can be mentioned?").click()
    page.get_by_label("Name").fill("max")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("@max.manager")).to_be_visible()
    page.goto(address)
    page.get_by_label("Your comment", exact=True).fill("@max.manager, done.")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".comment")).to_contain_text("@Max Manager, done.")
