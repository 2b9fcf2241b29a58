"""The standard template edited in the browser: drafted from what is published, previewed on a real account, published (issue 6)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import accept, answer_and_read, ask_for_review, state_of, take_up
from tests.browser.judging import Judge
from tests.browser.office import RealOffice

pytestmark = [pytest.mark.browser, pytest.mark.process]

Sit = Callable[..., Page]
CUSTOMER = "Kauri Coast Lodges"
TITLE, CHART = "Kept cold in Europe", "Growth, quarter by quarter"


@pytest.mark.demand("issue 6, shown by 1")
def test_a_template_from_draft_to_its_first_reviews(office: RealOffice, sit: Sit) -> None:
    begun = ask_for_review(sit("rep"), CUSTOMER)
    accept(sit("admin"), begun)
    manager = sit("manager")
    trouble: list[str] = []
    manager.on(
        "console", lambda said: trouble.append(said.text) if said.type == "error" and not given_up(said.text) else None
    )
    manager.on("pageerror", lambda error: trouble.append(str(error)))

    edit = drafted(manager)
    a_conditional_section_with_tokens(manager)
    a_chart(manager)
    ordered_by_keyboard(manager, edit)
    looked_at_on_a_real_account(manager, edit)
    published(manager, edit)

    admin = sit("admin")
    kept_by_the_review_begun_before(admin, begun)
    taken_by_it_as_offered(admin, begun)
    shown_by_its_document(sit, admin, begun)
    assert trouble == []


def given_up(said: str) -> bool:
    """Who types on, or leaves, gives up the preview that is being drawn: htmx says so as an error."""
    return said.startswith(("htmx:sendAbort", "htmx:afterRequest"))


def judged(manager: Page) -> None:
    """The page as it stands now shuts nobody out; the window is as wide as before."""
    judge = Judge(manager)
    judge.look(manager.url)
    assert judge.told() == ""
    manager.set_viewport_size({"width": 1440, "height": 900})


def drafted(manager: Page) -> str:
    """From the published version to its draft, with every section."""
    manager.goto("/reviews/templates/?audience=executive&status=published")
    manager.locator("#main table a", has_text="Executive").first.click()
    expect(state_of(manager)).to_have_text("Published")
    before = manager.locator(".outline__item b").all_inner_texts()
    manager.get_by_role("button", name="Draft a new version").click()
    expect(state_of(manager)).to_have_text("Draft")
    assert manager.locator(".outline__item > a").all_inner_texts() == before
    return manager.url


def a_conditional_section_with_tokens(manager: Page) -> None:
    manager.get_by_role("link", name="Add a section").click()
    manager.get_by_label("Title").fill(TITLE)
    expect(manager.get_by_role("toolbar", name="Standard text")).to_be_visible()  # the editor has taken the box's place
    box = manager.get_by_role("textbox", name="Standard text")
    box.click()
    manager.keyboard.type("Dear ")
    expect(manager.locator("#section-preview")).to_contain_text("Dear")
    manager.get_by_role("searchbox", name="Find a token").fill("written to")
    expect(manager.locator("#token-rows")).to_contain_text("1 token")
    manager.get_by_role("button", name="{{ customer.contact }}").click()
    expect(box).to_be_focused()
    manager.keyboard.type(", ")
    manager.get_by_role("button", name="Bold", exact=True).click()
    expect(box).to_be_focused()
    manager.keyboard.type("never above four degrees")
    manager.get_by_label("Europe, Middle East, Africa").check()
    preview = manager.locator("#section-preview")
    expect(preview).to_contain_text("accounts with theater Europe, Middle East, Africa.")
    expect(preview.locator("strong")).to_have_text("never above four degrees")
    expect(preview.locator(".token")).to_have_text("customer.contact")
    manager.get_by_label("Read it for the account").fill(CUSTOMER[:9])
    expect(preview).to_contain_text("Dear Kim Kunde, never above four degrees")
    judged(manager)
    manager.get_by_role("button", name="Keep the section").click()
    row = manager.locator(".outline__item", has_text=TITLE)
    expect(row).to_contain_text("only for theater Europe, Middle East, Africa")


def a_chart(manager: Page) -> None:
    manager.get_by_role("link", name="Add a section").click()
    manager.get_by_label("Title").fill(CHART)
    manager.get_by_label("Kind").select_option(label="Customer figures")
    manager.get_by_label("Chart or table").select_option(label="Chart: net value by quarter")
    expect(manager.locator("#section-preview")).to_contain_text("Here stands: Chart: net value by quarter")
    manager.get_by_role("button", name="Keep the section").click()
    expect(manager.locator(".outline__item", has_text=CHART)).to_contain_text("Chart: net value by quarter")


def ordered_by_keyboard(manager: Page, edit: str) -> None:
    """The button stays under the keyboard: Enter twice moves a section two places."""
    titles = manager.locator(".outline__item > a")
    last = titles.count() - 1
    up = manager.get_by_role("button", name=f"Move up: {CHART}")
    up.focus()
    for place in (last - 1, last - 2):
        manager.keyboard.press("Enter")
        expect(titles.nth(place)).to_have_text(CHART)
        expect(up).to_be_focused()
    manager.locator(".outline__item", has_text=TITLE).drag_to(manager.locator(".outline__item").first)
    expect(titles.first).to_have_text(TITLE)
    manager.get_by_role("button", name=f"Move down: {TITLE}").click()
    expect(titles.nth(1)).to_have_text(TITLE)
    judged(manager)


def looked_at_on_a_real_account(manager: Page, edit: str) -> None:
    manager.goto(edit)
    expect(manager.locator("#checks")).to_contain_text("it has not been rendered without an error")
    expect(manager.get_by_role("button", name="Publish")).to_be_disabled()
    manager.get_by_role("link", name="Preview as PDF").click()
    manager.get_by_role("searchbox", name="Find an account").fill(CUSTOMER[:9])
    manager.get_by_role("button", name=f"Render it on {CUSTOMER}").click()
    link = manager.locator("#trials").get_by_role("link", name="This version,")
    expect(link).to_be_visible(timeout=180_000)
    with manager.expect_download() as handed:
        link.click()
    assert handed.value.path().read_bytes().startswith(b"%PDF-")
    manager.reload()
    expect(manager.locator("#trials").get_by_role("link", name="The published one,")).to_be_visible()
    judged(manager)


def published(manager: Page, edit: str) -> None:
    manager.goto(edit)
    expect(manager.locator("#checks .checklist__item[data-mood=done]")).to_have_count(4)
    manager.get_by_role("button", name="Publish").click()
    expect(state_of(manager)).to_have_text("Published")
    expect(manager.locator("#main")).to_contain_text(CHART)


def kept_by_the_review_begun_before(admin: Page, begun: str) -> None:
    """Its sections are those it began with."""
    admin.goto(begun)
    expect(admin.locator("#sections")).to_contain_text("Part 2")
    expect(admin.locator("#sections")).not_to_contain_text(CHART)


def taken_by_it_as_offered(admin: Page, begun: str) -> None:
    """The page says what would happen before it does."""
    expect(admin.locator("#main")).to_contain_text("of the template is published.")
    admin.get_by_role("link", name="Look at what differs").click()
    expect(admin.locator("#main")).to_contain_text(CHART)
    judged(admin)
    admin.get_by_role("button", name="Take version").click()
    expect(state_of(admin)).to_have_text("Gathering")
    admin.goto(begun)
    expect(admin.locator("#sections")).to_contain_text(CHART)
    expect(admin.locator("#sections")).to_contain_text(TITLE)


def shown_by_its_document(sit: Sit, admin: Page, begun: str) -> None:
    """Both contributors write, the last section that is read lets it compile, and the first approver reads what is new."""
    answer_and_read(sit, admin, begun, CUSTOMER)
    admin.get_by_role("button", name="Accept the section").click()
    admin.goto(begun)
    expect(state_of(admin)).to_have_text("In approval", timeout=180_000)
    leader = sit("leader")
    take_up(leader, CUSTOMER)
    sheets = leader.locator("#main")
    expect(sheets).to_contain_text("Dear Kim Kunde, never above four degrees")
    expect(sheets).to_contain_text(CHART)
