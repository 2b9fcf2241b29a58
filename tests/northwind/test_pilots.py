"""The program piloted on the real company's accounts, from the criteria to the roll-out, as people click.

The office stands on 7 May 1998: Maison Dewey ordered first a year ago to the day. An office of its own, for its program is
not rolled out.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.acts import state_of
from tests.browser.company import address_of
from tests.browser.office import RealOffice, opened
from tests.browser.signing_in import cookies_of

from . import acts
from .acts import ANDREW, NANCY, Sit
from .conftest import take_in
from .mould import MOULD, at

pytestmark = [pytest.mark.browser, pytest.mark.process, pytest.mark.realdata, pytest.mark.usefixtures("company")]

THEN = datetime(1998, 5, 7, 9, tzinfo=UTC)
ERNST, ANA, DEWEY = "Ernst Handel", "Ana Trujillo Emparedados y helados", "Maison Dewey"
OTHER = "Königlich Essen"
CHECKED = "1998-05-06"
EVIDENCE: dict[str, dict[str, str]] = {
    "Potential is identified": {"How well": "5", "Opportunities or solutions, by name": "Cold chain for the depots in Styria"},
    "The customer wants a closer relationship": {
        "How well": "4", "Who said so": "Roland Mendel", "When it was expressed": "1998-03-02",
    },
    "No contract is being negotiated": {"Checked on": CHECKED},
    "No request for proposal is open": {"Checked on": CHECKED},
    "A customer for more than one year": {},
    "Success has been shown": {
        "How well": "4", "What was achieved": "Late deliveries fell by half", "Reached on": "1998-01-30",
    },
}  # fmt: skip
OF_MANAGER = {"Exemplifies a good seller here": {"How well": "4", "What it goes by": "Prepares every meeting"}}
OPENED = "They asked us and two others for offers on 6 May."


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealOffice]:
    with opened(tmp_path_factory.mktemp("piloting"), "tests.northwind.piloting", MOULD, **at(THEN)) as office:
        yield office


@pytest.fixture(scope="module")
def signed_in(office: RealOffice, browser: Browser) -> Callable[[str], Any]:
    kept: dict[str, Any] = {}

    def state_of_(who: str) -> Any:
        if who not in kept:
            kept[who] = cookies_of(office, browser, who if "@" in who else address_of(who))
        return kept[who]

    return state_of_


@pytest.fixture(scope="module")
def company(office: RealOffice, browser: Browser, signed_in: Callable[[str], Any]) -> None:
    take_in(office, browser, signed_in)


def choose(page: Page, label: str, words: str) -> None:
    page.get_by_role("group", name=label).get_by_role("radio", name=re.compile(f"^{words}")).check()


def press(page: Page, name: str) -> None:
    """A step on its record's page, and on the page of its form where it asks something."""
    page.locator("#next").get_by_role("button", name=name, exact=True).or_(
        page.locator("#next").get_by_role("link", name=re.compile(f"^{name}"))
    ).first.click()


def judge(page: Page, address: str, told: dict[str, dict[str, str]]) -> None:
    """Each of these criteria, with what is typed for it."""
    for criterion, typed in told.items():
        page.goto(address)
        page.get_by_role("link", name=re.compile(f"Judge.*{criterion}$")).click()
        if "How well" not in typed:
            choose(page, "Is it met?", "Yes")
        for label, value in typed.items():
            field = page.get_by_label(label).first
            field.select_option(value) if label == "How well" else field.fill(value)
        page.get_by_role("button", name="Keep").click()
        expect(page.locator("main")).to_contain_text("The judgement is kept.")


@pytest.mark.demand(
    "P-01", "P-02", "P-03", "P-05", "P-08", "P-09", "P-10", "P-12", "P-13", "P-15", "P-16", "P-17", "P-18", "P-19", "P-22",
    "issue 8, shown by 1",
)  # fmt: skip
def test_from_the_criteria_to_the_roll_out(office: RealOffice, sit: Sit) -> None:
    manager, admin = sit("manager"), sit("admin")
    write_criteria(manager)
    wave = plan(manager)
    address = propose(admin, wave)
    young_is_disqualified(manager, address[DEWEY])
    for account in (ERNST, ANA):
        judge(admin, address[account], EVIDENCE | (OF_MANAGER if account == ERNST else {}))
    nancy, andrew = sit(NANCY), sit(ANDREW)
    agree(nancy, address[ERNST])
    rate(andrew, address[ERNST], "4", "Plans two years ahead.")
    rate(andrew, address[ANA], "2", "Plans from week to week.")
    needs_another_manager(manager, address[ANA])
    select(manager, address[ERNST])
    expect_ranks(manager, wave)
    launch(manager, wave)

    refused_elsewhere(nancy)
    acts.ask_for_printed_review(nancy, f"{ERNST}, Graz", date(1998, 7, 8))
    open_rfp(nancy)
    settle_flag(manager, address[ERNST])
    give_feedback(nancy, address[ERNST])
    complete(admin, address[ERNST])
    found(admin, manager, wave)
    decide(manager, wave)
    roll_out(manager)


def write_criteria(manager: Page) -> None:
    """The standard ones, one of them in the company's own words."""
    manager.goto("/pilots/criteria/")
    manager.get_by_role("button", name="Begin with the standard criteria").click()
    manager.get_by_role("link", name=re.compile("Reword or retire.*Exemplifies")).click()
    manager.get_by_label("What it means in your company").fill("Knows what the customer sells, not what we do.")
    manager.get_by_role("button", name="Keep").click()
    expect(manager.locator("main")).to_contain_text("Version 2")


def plan(manager: Page) -> str:
    """The three questions, and the selection opens; gives the address of the wave."""
    manager.goto("/pilots/new/")
    manager.get_by_label("Wave").fill("First wave")
    manager.get_by_role("button", name="Keep").click()
    expect(state_of(manager)).to_have_text("Planning")
    wave = manager.url
    manager.locator("#sizing").get_by_role("link", name="Answer").click()
    manager.get_by_label("Runs until").fill("1998-10-01")
    choose(manager, "They differ by business unit", "No")
    choose(manager, "Countries outside the home country take part", "Yes")
    for country in ("Austria", "Mexico"):
        manager.get_by_label(country, exact=True).check()
    manager.get_by_label("Accounts that one person in full time carries").fill("5")
    manager.get_by_role("button", name="Keep").click()
    expect(manager.locator("#sizing")).to_contain_text(
        "Ada Admin 60 %: 60 % of one person’s time, at 5 accounts in full time, is 3 accounts."
    )
    press(manager, "Open the selection")
    expect(state_of(manager)).to_have_text("Selecting")
    return wave


def propose(admin: Page, wave: str) -> dict[str, str]:
    """Three accounts; gives the address of each candidate."""
    admin.goto(wave)
    admin.get_by_role("link", name="Propose accounts").click()
    for account in (ERNST, ANA, DEWEY):
        admin.get_by_label(re.compile(f"^{account} ·")).check()
    admin.get_by_role("button", name="Keep").click()
    links = admin.locator("#candidates")
    return {one: str(links.get_by_role("link", name=one).get_attribute("href")) for one in (ERNST, ANA, DEWEY)}


def young_is_disqualified(manager: Page, address: str) -> None:
    """A customer for exactly one year: the file says so, and it cannot be judged away."""
    manager.goto(address)
    expect(manager.locator("#account")).to_contain_text("On file: a customer since Wed 7 May 1997")
    manager.get_by_role("link", name=re.compile("Judge.*A customer for more than one year")).click()
    choose(manager, "Is it met?", "Yes")
    manager.get_by_role("button", name="Keep").click()
    expect(manager.locator("main")).to_contain_text("It cannot be met while this is on file: a customer since")
    manager.goto(address)
    press(manager, "Disqualify")
    manager.get_by_label("Which criterion").select_option("A customer for more than one year")
    manager.get_by_label("Why").fill("They ordered first a year ago to the day.")
    manager.get_by_role("button", name="Disqualify").click()
    expect(state_of(manager)).to_have_text("Disqualified")


def agree(nancy: Page, address: str) -> None:
    nancy.goto(address)
    press(nancy, "Agree to give feedback")
    choose(nancy, "Will you give feedback", "Yes")
    nancy.get_by_role("button", name="Agree to give feedback").click()
    expect(nancy.locator("#manager")).to_contain_text("Nancy Davolio")


def rate(andrew: Page, address: str, score: str, why: str) -> None:
    """The leader, with the account plan as evidence."""
    andrew.goto(address)
    press(andrew, "Rate the planning")
    andrew.get_by_label("How they plan accounts").select_option(score)
    andrew.get_by_label("Link to the account plan").fill("https://plans.northwind.example/1998")
    andrew.get_by_label("Why").fill(why)
    andrew.get_by_role("button", name="Rate the planning").click()
    expect(andrew.locator("#manager")).to_contain_text(why)


def needs_another_manager(manager: Page, address: str) -> None:
    manager.goto(address)
    expect(manager.locator(".page-head")).to_contain_text("Needs another manager")
    expect(manager.locator("#next")).to_contain_text("“Plans accounts effectively” is judged not met")


def select(manager: Page, address: str) -> None:
    manager.goto(address)
    press(manager, "Qualify")
    expect(state_of(manager)).to_have_text("Qualified")
    press(manager, "Select")
    expect(state_of(manager)).to_have_text("Selected")


def expect_ranks(manager: Page, wave: str) -> None:
    manager.goto(f"{wave}candidates/")
    rows = manager.locator("#list tbody tr")
    for row, (account, why) in enumerate(
        [
            (ERNST, "Both scorecards pass"),
            (ANA, "The account passes and needs another manager"),
            (DEWEY, "Disqualified:"),
        ]
    ):
        expect(rows.nth(row)).to_contain_text(account)
        expect(rows.nth(row)).to_contain_text(why)


def launch(manager: Page, wave: str) -> None:
    """It is warned of the theaters without a pilot, with the capacity in sight."""
    manager.goto(wave)
    press(manager, "Launch")
    expect(manager.locator("main")).to_contain_text("No pilot in Americas. No pilot in Latin")
    manager.get_by_label("Launch all the same").check()
    manager.get_by_role("button", name="Launch").click()
    expect(state_of(manager)).to_have_text("Running")
    expect(manager.locator("#next")).to_contain_text("No pilot in Americas.")


def refused_elsewhere(nancy: Page) -> None:
    """While piloting no other account may have a review."""
    acts.hand_in_printed_review(nancy, f"{OTHER}, Brandenburg", date(1998, 7, 8))
    expect(nancy.locator("main")).to_contain_text("only the accounts of the pilot may have a review")


def open_rfp(nancy: Page) -> None:
    """The representative hears of it and says so on the account's page."""
    nancy.goto(f"/accounts/?search={ERNST.replace(' ', '+')}")
    nancy.locator("#main table").get_by_role("link", name=ERNST).first.click()
    nancy.get_by_role("link", name="Say what holds").click()
    nancy.get_by_label("What holds").select_option("rfp")
    nancy.get_by_label("How it is known").fill(OPENED)
    nancy.get_by_role("button", name="Keep").click()
    expect(nancy.locator("#pilots")).to_contain_text("Flagged")


def settle_flag(manager: Page, address: str) -> None:
    manager.goto(address)
    expect(manager.locator("main")).to_contain_text("Something turned during the pilot.")
    expect(manager.locator("main")).to_contain_text(OPENED)
    press(manager, "The pilot goes on")
    manager.get_by_label("Why").fill("They wish to go on all the same.")
    manager.get_by_role("button", name="The pilot goes on").click()
    expect(manager.locator("main")).not_to_contain_text("Something turned during the pilot.")


def give_feedback(nancy: Page, address: str) -> None:
    """Every step and tool, and what it did for the customer."""
    nancy.goto(address)
    expect(nancy.locator("#review .checklist")).to_contain_text("Gathered")
    press(nancy, "Give feedback")
    for field in nancy.locator("select[name^=score_]").all():
        field.select_option("4")
    for words in nancy.locator("textarea[name^=words_]").all():
        words.fill("It did what it should.")
    nancy.get_by_label("What the customer said").fill("“We see ourselves in it.”")
    nancy.get_by_label("What we think it did for them").fill("They talk to us earlier.")
    nancy.get_by_role("button", name="Give feedback").click()
    expect(nancy.locator("#feedback")).to_contain_text("They talk to us earlier.")


def complete(admin: Page, address: str) -> None:
    admin.goto(address)
    press(admin, "Complete the pilot")
    expect(state_of(admin)).to_have_text("Completed")


def found(admin: Page, manager: Page, wave: str) -> None:
    """The evaluation begins with one finding, which the manager decides."""
    admin.goto(wave)
    admin.locator("#findings").get_by_role("link", name="Report a finding").click()
    admin.get_by_label("What was found").fill("The form asks for the address twice.")
    choose(admin, "How bad it is", "Medium")
    admin.get_by_role("button", name="Keep").click()
    expect(state_of(admin)).to_have_text("To be decided")
    manager.goto(admin.url)
    press(manager, "Decide")
    choose(manager, "What becomes of it", "Before the roll-out")
    manager.get_by_label("Who sees to it").select_option(label="Ada Admin")
    manager.get_by_label(re.compile(r"^By\b")).fill("1998-06-30")
    manager.get_by_label("Why").fill("It costs each of them time.")
    manager.get_by_role("button", name="Decide").click()
    expect(state_of(manager)).to_have_text("Decided")


def decide(manager: Page, wave: str) -> None:
    """With what is open and untested in sight."""
    manager.goto(wave)
    press(manager, "Start the evaluation")
    expect(state_of(manager)).to_have_text("Evaluating")
    press(manager, "Decide")
    expect(manager.locator("main")).to_contain_text("Findings still open: The form asks for the address twice.")
    expect(manager.locator("main")).to_contain_text("Not tested: ")
    choose(manager, "What the wave came to", "Roll out")
    manager.get_by_label("Why").fill("It works for those who tried it.")
    manager.get_by_role("button", name="Decide").click()
    expect(state_of(manager)).to_have_text("Concluded")
    expect(manager.locator("#decision")).to_contain_text("The form asks for the address twice.")


def roll_out(manager: Page) -> None:
    manager.goto("/program/")
    press(manager, "Roll out")
    expect(manager.locator("main")).to_contain_text("Still open after First wave: The form asks for the address twice.")
    manager.get_by_label("Why").fill("The pilots have shown it.")
    manager.get_by_role("button", name="Roll out").click()
    expect(state_of(manager)).to_have_text("Rolled out")
