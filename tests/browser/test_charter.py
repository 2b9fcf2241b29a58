"""The program from its design through the pilot to the roll-out, and a year from its draft until it runs, as people click.

Every gate is refused once for each missing part, in words; whoever is asked confirms in their own window.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.acts import state_of
from tests.browser.company import address_of
from tests.browser.judging import Judge
from tests.browser.office import RealOffice, opened
from tests.browser.signing_in import cookies_of

pytestmark = [pytest.mark.browser, pytest.mark.process]

OWNER = "Nobody owns the program yet: name its owner under Ownership."
TEAM = "No team drives the program yet: name it and its lead under Ownership."
GOAL = "The program has no goal yet: write one down with measure, target and period under Ownership."
LEADERS = "Not every leader has agreed yet: Lena Leader (not briefed) and Leo Leader (not briefed)."
LEO = "Not every leader has agreed yet: Leo Leader (has questions)."
TARGET = "How many reviews are to be delivered is not said yet: write a target down under Accountability."
DUTY = "No step of the process is the sales representatives' yet: write their part down under Accountability."
METRIC = "How success is measured is not said yet: write a metric down under Accountability."
TRAINING = "Which training is delivered is not said yet: write one down under Accountability."
OF_YEAR = [
    "Nobody owns the program yet: name its owner on the page Ownership of the program.",
    "No goal has a period that reaches into this year: write one down on the page Ownership.",
]
FOUR = [TARGET, DUTY, METRIC, TRAINING]
TO_CONFIRM = "Leaders have still to confirm what they are told of this year, or are waived by name: {}."
EVERY_TOPIC = "Goals, Objectives, Expectations and Requirements"
NOT_PUBLISHED = "What is expected this year is not published yet to {}: write it under Accountability."
TO_AGREE = "Say that you agree, or what you ask"
LINES: dict[str, dict[str, str]] = {
    "goals": {
        "Goal": "Every strategic customer has its review", "Measured by": "customers with a review", "Target": "90 %",
        "From": "2030-01-01", "Until": "2030-12-31",
    },
    "ramp": {},
    "duties": {"What they do": "Ask for the review eight weeks ahead."},
    "metrics": {"Metric": "In time", "Definition": "There two days before", "Source": "This program", "Target": "95 %"},
    "trainings": {"Training": "Holding the review", "What is learnt": "To listen first."},
}  # fmt: skip


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealOffice]:
    """People and no program yet."""
    with opened(tmp_path_factory.mktemp("designing"), company="tests.browser.designing") as office:
        yield office


@pytest.fixture
def window(before: RealOffice, browser: Browser) -> Iterator[Callable[[str], Page]]:
    contexts: list[Any] = []

    def open_window(who: str) -> Page:
        state = cookies_of(before, browser, address_of(who))
        contexts.append(browser.new_context(base_url=before.url, storage_state=state, reduced_motion="reduce"))
        contexts[-1].set_default_timeout(60_000)
        page: Page = contexts[-1].new_page()
        return page

    yield open_window
    for context in contexts:
        context.close()


@pytest.mark.demand("G-01")
def test_program_and_year_pass_their_gates_one_missing_part_after_the_other(window: Callable[[str], Page]) -> None:
    manager = window("manager")
    year = set_up(manager)
    assert refused(manager, "/program/", "Start the pilot") == [OWNER, TEAM, GOAL, LEADERS, *FOUR]
    assert refused(manager, year, "Announce") == [*OF_YEAR, *FOUR]

    own(manager)
    assert refused(manager, "/program/", "Start the pilot") == [GOAL, LEADERS, *FOUR]
    assert refused(manager, year, "Announce") == [OF_YEAR[1], *FOUR]
    write(manager, "goals")
    align(manager, window("leader"), window("second leader"))
    for number, kind in enumerate(("ramp", "duties", "metrics", "trainings")):
        assert refused(manager, "/program/", "Start the pilot") == FOUR[number:]
        assert refused(manager, year, "Announce") == FOUR[number:]
        write(manager, kind)
    take(manager, "/program/", "Start the pilot", "Piloting")
    roll_out(manager)

    take(manager, year, "Announce", "Communicating")
    start(manager, year, window("leader"), window("second leader"))
    judge = Judge(manager)
    for path in ("/program/", "/program/ownership/", "/program/alignment/", "/program/accountability/", year):
        judge.visit(path)
    assert judge.told() == ""


def refused(page: Page, path: str, step: str) -> list[str]:
    """Why the step is shut, sentence by sentence, as its page says it."""
    page.goto(path)
    shut = page.get_by_role("button", name=step, exact=True)
    expect(shut).to_be_disabled()
    return page.locator(f"#{shut.get_attribute('aria-describedby')}").inner_text().splitlines()


def open_first(page: Page, what: str) -> None:
    """What waits first on Today."""
    page.goto("/")
    expect(page.get_by_role("heading", name=what)).to_be_visible()
    page.locator("#next").get_by_role("link").first.click()


def take(page: Page, path: str, step: str, state: str) -> None:
    page.goto(path)
    page.get_by_role("button", name=step, exact=True).click()
    expect(state_of(page)).to_have_text(state)


def set_up(page: Page) -> str:
    """The program, and the year's address."""
    page.goto("/program/")
    page.get_by_role("link", name="Set up the program").click()
    page.get_by_label("Company").fill("Alder & Fisk")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="Add a year").click()
    fill(page, {"Year": "2030", "Begins on": "2030-01-01", "Ends on": "2030-12-31"})
    return page.url


def field(page: Page, label: str) -> Locator:
    """By its whole label, wanted or optional."""
    return page.get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?$"))


def fill(page: Page, given: dict[str, str]) -> None:
    for label, value in given.items():
        field(page, label).fill(value)
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator(".flashes")).to_be_visible()


def own(page: Page) -> None:
    """Marketing needs a reason; Sales owns it in the end, and its team drives it."""
    page.goto("/program/ownership/")
    page.get_by_role("link", name="Change who owns and drives it").click()
    page.get_by_label("Marketing").check()
    field(page, "Owner").select_option(label="Lena Leader")
    field(page, "Driving team").fill("Sales Operations")
    field(page, "Its lead").select_option(label="Ada Admin")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("main")).to_contain_text("Say why another function than Sales owns the program.")
    page.get_by_label("Sales", exact=True).check()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("main")).to_contain_text("Sales Operations")


def write(page: Page, kind: str) -> None:
    page.goto(f"/program/lines/{kind}/new/")
    if kind == "duties":
        page.get_by_label("Who is responsible").select_option(label="Sales representative")
    fill(page, LINES[kind])


def align(manager: Page, lena: Page, leo: Page) -> None:
    """Both are briefed; Lena agrees, Leo asks first, is answered and agrees."""
    manager.goto("/program/alignment/")
    manager.get_by_role("button", name="Add the 2 leaders who are missing").click()
    expect(manager.locator(".flashes")).to_contain_text("2 leaders are added.")
    for name in ("Lena Leader", "Leo Leader"):
        manager.goto("/program/alignment/")
        manager.get_by_role("link", name=name).click()
        manager.get_by_role("link", name="Note that they were briefed").click()
        manager.get_by_role("button", name="Note that they were briefed").click()
        expect(state_of(manager)).to_have_text("Briefed")
    open_first(lena, TO_AGREE)
    lena.get_by_role("button", name="Agree", exact=True).click()
    expect(state_of(lena)).to_have_text("Agreed")
    open_first(leo, TO_AGREE)
    leo.get_by_role("link", name="Ask something first").click()
    leo.get_by_label("Why").fill("Who pays for the print?")
    leo.get_by_role("button", name="Ask something first").click()
    expect(state_of(leo)).to_have_text("Has questions")
    assert refused(manager, "/program/", "Start the pilot")[0] == LEO
    manager.goto(leo.url)
    expect(manager.locator("main")).to_contain_text("Who pays for the print?")
    manager.get_by_role("link", name="Answer").click()
    manager.get_by_label("Why").fill("The office.")
    manager.get_by_role("button", name="Answer").click()
    expect(state_of(manager)).to_have_text("Briefed")
    leo.reload()
    leo.get_by_role("button", name="Agree", exact=True).click()
    expect(state_of(leo)).to_have_text("Agreed")


def roll_out(manager: Page) -> None:
    """No wave, a wave that says to repeat, a wave that says to roll out."""
    assert refused(manager, "/program/", "Roll out") == [
        "No pilot wave is concluded yet: enter one below with its outcome."
    ]
    wave(manager, "Wave 1", "Repeat", "2020-01-31")
    assert refused(manager, "/program/", "Roll out") == [
        "The last pilot wave, Wave 1, came to “Repeat”: a later one has to say “Roll out”."
    ]
    wave(manager, "Wave 2", "Roll out", "2020-06-30")
    manager.goto("/program/")
    manager.get_by_role("link", name="Roll out", exact=False).first.click()
    expect(manager.locator("main")).to_contain_text("Still open after Wave 2: Carriers give no number.")
    manager.get_by_label("Why").fill("It works.")
    manager.get_by_role("button", name="Roll out").click()
    expect(state_of(manager)).to_have_text("Rolled out")


def wave(page: Page, name: str, outcome: str, day: str) -> None:
    page.goto("/program/lines/waves/new/")
    page.get_by_label(outcome, exact=True).check()
    fill(page, {"Wave": name, "Concluded on": day, "Findings still open": "Carriers give no number."})


def start(manager: Page, year: str, lena: Page, leo: Page) -> None:
    """Nothing is told; leaders are told of all, one confirms and one is waived; expectations to leaders, then to the force."""
    both = TO_CONFIRM.format(f"Lena Leader ({EVERY_TOPIC}) and Leo Leader ({EVERY_TOPIC})")
    nobody = NOT_PUBLISHED.format("sales leaders and sales representatives")
    assert refused(manager, year, "Start the year") == [both, nobody]
    told = tell(manager)
    confirm(lena)
    assert refused(manager, year, "Start the year") == [TO_CONFIRM.format(f"Leo Leader ({EVERY_TOPIC})"), nobody]
    manager.goto(told)
    manager.get_by_role("table").get_by_role("link", name="Leo Leader").click()
    manager.get_by_role("link", name="Waive it").click()
    manager.get_by_label("Why").fill("Retires in May.")
    manager.get_by_role("button", name="Waive it").click()
    expect(state_of(manager)).to_have_text("Waived")
    assert refused(manager, year, "Start the year") == [nobody]
    expecting(manager, "Sales leaders")
    assert refused(manager, year, "Start the year") == [NOT_PUBLISHED.format("sales representatives")]
    expecting(manager, "Sales representatives")
    take(manager, year, "Start the year", "Running")


def tell(manager: Page) -> str:
    manager.goto("/program/alignment/")
    manager.get_by_role("link", name="Write to leaders or the force").click()
    for topic in ("Goals", "Objectives", "Expectations", "Requirements"):
        manager.get_by_label(topic, exact=True).check()
    manager.get_by_label("Title").fill("What the year asks of you")
    manager.get_by_label("What it says").fill("Two reviews for each representative.")
    manager.get_by_role("button", name="Keep").click()
    manager.get_by_role("button", name="Send it").click()
    expect(state_of(manager)).to_have_text("Sent")
    return manager.url


def confirm(page: Page) -> None:
    open_first(page, "Read it and confirm")
    expect(page.locator("main")).to_contain_text("Two reviews for each representative.")
    page.get_by_role("link", name="Confirm").click()
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(state_of(page)).to_have_text("Confirmed")


def expecting(manager: Page, audience: str) -> None:
    manager.goto("/program/accountability/")
    manager.get_by_role("link", name="Write down what is expected").click()
    manager.get_by_label(audience, exact=True).check()
    manager.get_by_label("Title").fill("What we expect of you")
    manager.get_by_label("What it says").fill("Two reviews this year.")
    manager.get_by_role("button", name="Keep").click()
    manager.get_by_role("button", name="Send it").click()
    expect(state_of(manager)).to_have_text("Sent")
