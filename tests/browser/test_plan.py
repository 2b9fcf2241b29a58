"""The coverage plan as the program manager uses it: read, changed by hand, taken."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.company import address_of
from tests.browser.judging import Judge
from tests.browser.office import RealOffice, opened
from tests.browser.signing_in import cookies_of

pytestmark = [pytest.mark.browser, pytest.mark.process]


@pytest.fixture(scope="module")
def choice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealOffice]:
    """Four candidates, of whom two cover everything."""
    with opened(tmp_path_factory.mktemp("planning"), company="tests.browser.planning") as office:
        yield office


@pytest.fixture
def manager(choice: RealOffice, browser: Browser) -> Iterator[Page]:
    state = cookies_of(choice, browser, address_of("manager"))
    context = browser.new_context(base_url=choice.url, storage_state=state, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.mark.demand("P-19", "P-22", "M9")
def test_a_plan_is_read_changed_by_hand_and_taken(choice: RealOffice, manager: Page) -> None:
    wave = f"/pilots/{choice.company['wave']}/"
    manager.goto(wave)
    manager.get_by_role("link", name="Coverage plan").click()
    expect(manager.locator(".page-head")).to_contain_text("2 pilots: everything that is required is covered, all 6.")
    inside, outside = manager.locator("#inside"), manager.locator("#outside")
    expect(inside.get_by_role("rowheader")).to_contain_text(["Aster", "Dune"])
    expect(outside).to_contain_text("It could stand in for Aster, and has a lower score: 15 against 25.")
    judge = Judge(manager)
    judge.visit(f"{wave}plan/")
    judge.visit(f"{wave}steps/take_plan/")
    assert judge.told() == ""

    manager.goto(f"{wave}plan/")
    outside.get_by_role("button", name="Select: Cedar").click()
    expect(inside).to_contain_text("Selected, and kept: in this plan it alone covers")
    expect(inside.get_by_role("rowheader")).to_contain_text(["Cedar", "Dune"])
    manager.get_by_role("link", name="As if nobody were selected").click()
    expect(inside.get_by_role("rowheader")).to_contain_text(["Aster", "Dune"])
    manager.get_by_role("button", name="Accept the plan").click()
    expect(manager.get_by_text("The pilots are selected")).to_be_visible()
    manager.goto(f"{wave}plan/")
    expect(manager.get_by_role("button", name="Accept the plan")).to_have_count(0)
    expect(inside.get_by_role("rowheader")).to_contain_text(["Aster", "Dune"])
