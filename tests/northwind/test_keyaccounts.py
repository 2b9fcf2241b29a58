"""Three years of key accounts on the real company's accounts: nominated, vetoed, filtered, incubated, judged, and judged again.

The office opens on 5 July 1998, stands still in between, and its clock does whatever fell due meanwhile.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.company import address_of
from tests.browser.office import RealOffice, opened
from tests.browser.signing_in import cookies_of
from tests.jobs.office import until

from . import acts, keying
from .acts import ANDREW, NANCY, Sit
from .conftest import MOULD, at, take_in
from .travel import SHIFT, move_on

pytestmark = [pytest.mark.browser, pytest.mark.process, pytest.mark.realdata, pytest.mark.usefixtures("company")]

THEN = datetime(1998, 7, 5, 9, tzinfo=UTC)
STAYS, SECOND, BACK, LEAVES = "Ernst Handel", "Save-a-lot Markets", "Rattlesnake Canyon Grocery", "Königlich Essen"
CUT, WEAK, VETOED = "Queen Cozinha", "Tortuga Restaurante", "Frankenversand"
INCUBATE = (STAYS, SECOND, BACK, LEAVES, CUT)
CUSTOMER = "roland.mendel@ernsthandel.example"
MISSING = "Half of their depots order by contract"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealOffice]:
    with opened(tmp_path_factory.mktemp("keyed"), "tests.northwind.keyed", MOULD, **at(THEN)) as office:
        yield office


@pytest.fixture(scope="module")
def signed_in(office: RealOffice, browser: Browser) -> Callable[[str], Any]:
    kept: dict[tuple[str, str], Any] = {}

    def state_of_(who: str) -> Any:
        today = office.environment[SHIFT]
        if (who, today) not in kept:
            kept[who, today] = cookies_of(office, browser, who if "@" in who else address_of(who))
        return kept[who, today]

    return state_of_


@pytest.fixture(scope="module")
def company(office: RealOffice, browser: Browser, signed_in: Callable[[str], Any]) -> None:
    take_in(office, browser, signed_in)


def on(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC)


@pytest.mark.demand(
    "K-01", "K-02", "K-04", "K-05", "K-06", "K-07", "K-08", "K-10", "K-11", "K-12", "K-14", "K-15", "K-16", "K-17", "K-18",
    "K-19", "K-20", "K-21", "K-22", "K-23", "issue 9, shown by 1", "issue 9, shown by 2", "issue 9, shown by 3",
)  # fmt: skip
def test_three_years_from_the_nomination_to_the_re_reviews(office: RealOffice, sit: Sit) -> None:
    manager, admin, nancy = sit("manager"), sit("admin"), sit(NANCY)
    make_panellist(admin)
    acts.give_address(nancy, STAYS, "Roland Mendel", CUSTOMER)
    keying.write_programme(manager)
    keying.write_filter(manager)
    keying.write_requirements(manager)
    keying.write_value(manager)
    move_on(office, on(1998, 7, 6))
    members = nominated(office, sit("manager"), sit(NANCY), sit("second executive"))
    move_on(office, on(1998, 9, 7))  # the nominations were closed by the clock
    filtered(sit("manager"), members)
    keying.confirm_by_link(office, sit(), CUSTOMER, "becomes a national account")
    expect_known(sit("manager"), members[STAYS])
    hard_stop(sit, members[STAYS])

    move_on(office, on(1999, 9, 8))  # the year of incubation is over: the clock has called the panel
    first_panel(sit, members)
    keying.confirm_by_link(office, sit(), CUSTOMER, "is a national account of ours")
    incubates_again(sit("manager"), members[SECOND])
    rejected(sit("manager"), members[CUT])

    move_on(office, on(2000, 9, 11))  # the second incubation is over, and the re-reviews are due
    second_panel(sit, members)
    keying.confirm_by_link(office, sit(), CUSTOMER, "stays a national account")
    farewell(sit, members[LEAVES])
    everything_stands(sit("manager"), members)

    move_on(office, on(2001, 9, 12))
    manager = sit("manager")
    keying.expect_state(manager, members[STAYS], "In re-review")
    keying.expect_state(manager, members[SECOND], "In re-review")
    keying.expect_state(manager, members[BACK], "Before the panel")


def make_panellist(admin: Page) -> None:
    """Andrew Fuller leads most account managers, and sits on the panel as well."""
    acts.let_in(admin, "Andrew Fuller", ("Senior executive",))


def nominated(office: RealOffice, manager: Page, nancy: Page, executive: Page) -> dict[str, str]:
    """The clock has opened the quarter's round; each account once, and one of them is vetoed (K-06, K-07)."""

    def open_rounds() -> bool:
        return bool(office.query("SELECT 1 FROM keyaccounts_nominationround WHERE status = 'open'"))

    until(open_rounds, 120, office.told)
    members = {account: keying.nominate(nancy, account) for account in (STAYS, SECOND, BACK, LEAVES, WEAK, VETOED)}
    members[CUT] = keying.nominate(manager, CUT)
    nancy.goto("/key-accounts/nominate/")
    nancy.get_by_label("Account", exact=True).select_option(label=STAYS)
    nancy.get_by_label("Why it is nominated").fill("Once more.")
    keying.keep(nancy, "Nominate")
    expect(nancy.locator("main")).to_contain_text("has a place in the programme already")
    keying.veto(executive, members[VETOED])
    return members


def filtered(manager: Page, members: dict[str, str]) -> None:
    """Each nomination has its scorecard; one does not pass, by what is on file (K-08)."""
    for account, address in members.items():
        if account != VETOED:
            keying.score(manager, address, points=4)
    manager.goto(members[WEAK])
    keying.press(manager, "Does not pass the filter")
    keying.say_why(manager, "Does not pass the filter", "Too little in the year.")
    keying.expect_state(manager, members[WEAK], "Filtered out")
    for account in INCUBATE:
        keying.incubate(manager, members[account])


def expect_known(manager: Page, address: str) -> None:
    """From told to confirmed: who, when, how (K-02)."""
    manager.goto(address)
    expect(manager.locator("#value")).to_contain_text("Confirmed")
    expect(manager.locator("#value")).to_contain_text("Roland Mendel")


def hard_stop(sit: Sit, address: str) -> None:
    """More than the allowance is refused, until an executive lifts it by name (K-12)."""
    manager, executive = sit("manager"), sit("second executive")
    manager.goto(address)
    manager.get_by_role("link", name=re.compile("The whole of incubation 1")).click()
    cycle = manager.url
    for lifted in (False, True):
        manager.goto(cycle)
        manager.get_by_role("link", name="Plan or book").click()
        manager.get_by_label("What for").fill("Cold chain for the depots")
        manager.get_by_label("Money").first.fill("25000")
        keying.keep(manager)
        if not lifted:
            expect(manager.locator("main")).to_contain_text("too much")
            executive.goto(cycle)
            executive.get_by_role("link", name="Lift the limit").click()
            executive.get_by_label("Money more").fill("10000")
            keying.say_why(executive, "Lift the limit", "Their new depot opens this winter.")
    manager.goto(cycle)
    expect(manager.locator("#meter")).to_contain_text("Edda Executive")
    expect(manager.locator("#spending")).to_contain_text("Cold chain for the depots")


def voted(sit: Sit, session: str, outcomes: dict[str, str]) -> dict[str, str]:
    """Three members vote on everything; the one who leads the managers finds only what is none of theirs."""
    chair = sit("owner")
    seen = keying.agenda(chair, session)
    assert set(seen) == set(outcomes)
    andrew = sit(ANDREW)
    assert set(keying.agenda(andrew, session)) == set(outcomes) & {CUT}
    for account, address in seen.items():
        if account != CUT:
            assert andrew.goto(address).status == 404  # type: ignore[union-attr]
    for member in (chair, sit("second executive")):
        for account, outcome in outcomes.items():
            keying.vote(member, seen[account], outcome)
    return seen


def first_panel(sit: Sit, members: dict[str, str]) -> None:
    """The three outcomes of an incubation (K-14 to K-17)."""
    manager, chair = sit("manager"), sit("owner")
    for account in INCUBATE:
        keying.expect_state(manager, members[account], "Before the panel")
    session = keying.plan_panel(manager, "Panel of 1999", "1999-09-08", INCUBATE)
    found = voted(
        sit, session, dict.fromkeys((STAYS, BACK, LEAVES), "Qualifies") | {SECOND: "More proof", CUT: "Does not make"}
    )
    for account in (STAYS, BACK, LEAVES):
        keying.decide(chair, found[account], "Qualifies", tier="Gold")
    keying.decide(chair, found[SECOND], "More proof", missing=MISSING, money="5000", days="10")
    keying.decide(chair, found[CUT], "Does not make")
    keying.expect_state(manager, members[STAYS], "Before the panel")
    keying.release(chair, session)
    keying.expect_state(manager, members[STAYS], "National account")


def incubates_again(manager: Page, address: str) -> None:
    """The second period lists the proof that is missing (K-16)."""
    keying.expect_state(manager, address, "Incubating")
    manager.get_by_role("link", name=re.compile("The whole of incubation 2")).click()
    expect(manager.locator("#proof")).to_contain_text(MISSING)


def rejected(manager: Page, address: str) -> None:
    """Closed, and barred for a year: whoever nominates it reads until when (K-15)."""
    keying.expect_state(manager, address, "Not selected")
    expect(manager.locator("main")).to_contain_text("May be nominated again from")


def second_panel(sit: Sit, members: dict[str, str]) -> None:
    """The second incubation, and the three outcomes of a re-review (K-18 to K-20)."""
    manager, chair = sit("manager"), sit("owner")
    for account in (STAYS, BACK, LEAVES):
        keying.expect_state(manager, members[account], "In re-review")
    keying.expect_state(manager, members[SECOND], "Before the panel")
    outcomes = {STAYS: "Maintained", BACK: "Back to incubation", LEAVES: "Down-tiered", SECOND: "Qualifies"}
    session = keying.plan_panel(manager, "Panel of 2000", "2000-09-11", outcomes)
    found = voted(sit, session, outcomes)
    keying.decide(chair, found[STAYS], "Maintained")
    keying.decide(chair, found[BACK], "Back to incubation", missing=MISSING, money="5000", days="10")
    keying.decide(chair, found[LEAVES], "Down-tiered", handover="Inside sales takes over in November.")
    keying.decide(chair, found[SECOND], "Qualifies", tier="Gold")
    keying.release(chair, session)


def farewell(sit: Sit, address: str) -> None:
    """What the customer is told is written by whoever has the account, and approved before it goes (K-20)."""
    nancy, manager = sit(NANCY), sit("manager")
    nancy.goto(address)
    nancy.locator("#value li").first.get_by_role("link").click()
    statement = nancy.url
    keying.press(nancy, "Hand it in for approval")
    nancy.get_by_label("Message to the customer").fill("From November on our inside sales team is there for you.")
    nancy.get_by_label("Hand-over plan").fill("Open orders run on; prices end in December.")
    nancy.get_by_label("Who looks after the account").select_option(label="Nancy Davolio")
    nancy.get_by_label("Handed over by").fill("2000-11-01")
    keying.keep(nancy, "Hand it in for approval")
    manager.goto(statement)
    keying.press(manager, "Approve it")
    expect(manager.locator("main")).to_contain_text("Mia Marlow")


def everything_stands(manager: Page, members: dict[str, str]) -> None:
    """Where each stands after all ten steps, on its own page and on that of the programme."""
    wanted = {
        STAYS: "National account", SECOND: "National account", BACK: "Incubating", LEAVES: "Down-tiered",
        CUT: "Not selected", WEAK: "Filtered out", VETOED: "Vetoed",
    }  # fmt: skip
    for account, state in wanted.items():
        keying.expect_state(manager, members[account], state)
    manager.goto(members[BACK])
    expect(manager.locator("main")).to_contain_text("In the programme since")
    manager.goto("/key-accounts/")
    for account in (STAYS, SECOND, BACK):
        expect(manager.locator("main")).to_contain_text(account)
    manager.goto("/key-accounts/re-reviews/")
    expect(manager.locator("main")).to_contain_text(STAYS)
