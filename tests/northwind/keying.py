"""What people do with key accounts, by the words on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from playwright.sync_api import Page, expect

from tests.browser.acts import state_of
from tests.browser.office import RealOffice
from tests.jobs.office import until

from . import acts

ADDRESS = "the.customer@{}.example"
SCORES = 4


def press(page: Page, name: str, where: str = "#next") -> None:
    """A step on its record's page; where it asks something, the link that leads to its form."""
    place = page.locator(where)
    exact = re.compile(f"^{re.escape(name)}…?$")
    place.get_by_role("button", name=exact).or_(place.get_by_role("link", name=exact)).first.click()


def keep(page: Page, button: str = "Keep") -> None:
    page.get_by_role("button", name=button, exact=True).click()


def tick(page: Page, label: str, words: str) -> None:
    page.get_by_role("group", name=label).get_by_role("radio", name=re.compile(f"^{words}")).check()


def say_why(page: Page, button: str, why: str) -> None:
    page.locator("textarea[name=comment]").fill(why)
    keep(page, button)


# What the program manager writes down before the first round


def write_programme(manager: Page) -> None:
    """What its accounts are called, who chairs the panel, one tier (K-04)."""
    manager.goto("/key-accounts/settings/programme/")
    manager.get_by_label("What its accounts are called").select_option(label="National accounts")
    manager.get_by_label("Members of a panel who have to vote").fill("2")
    manager.get_by_label("Chair of the panel").select_option(label="Otto Owner")
    keep(manager)
    manager.goto("/key-accounts/settings/tiers/new/")
    manager.get_by_label("Tier", exact=True).fill("Gold")
    manager.get_by_label("What it means").fill("A team of its own, and prices for three years.")
    keep(manager)
    expect(manager.locator("main")).to_contain_text("Gold")


def write_filter(manager: Page) -> str:
    """The usual criteria, fewer of them and with this company's own threshold; tried out, published (K-09)."""
    manager.goto("/key-accounts/filter/")
    keep(manager, "Draft a version")
    draft = manager.url
    for criterion in (
        "A customer for at least two years",
        "Grows by at least",
        "Satisfied: at least",
        "Fits what we are",
    ):
        manager.goto(draft)
        manager.get_by_role("link", name=re.compile(f"^Change.*{criterion}")).click()
        manager.get_by_role("button", name=re.compile("^(Remove|Take)")).click()
    manager.goto(draft)
    manager.get_by_role("link", name=re.compile("^Change.*Net value")).click()
    manager.get_by_label("Criterion", exact=True).fill("Net value of at least 5,000 in the year")
    tick(manager, "What it does", "Must-have")
    manager.get_by_label("Threshold").fill("5000")
    keep(manager)
    manager.goto(draft)
    manager.get_by_role("link", name="Set the bar").click()
    manager.get_by_label("Bar, in points").fill("12")
    keep(manager)
    manager.goto(draft)
    press(manager, "Try it out on past decisions")
    expect(manager.locator("#tried")).to_contain_text("As it stands now")
    press(manager, "Publish")
    say_why(manager, "Publish", "What our best customers have in common.")
    expect(state_of(manager)).to_have_text("Published")
    return draft


def write_requirements(manager: Page) -> None:
    """To enter and, apart from them, to stay (K-05)."""
    manager.goto("/key-accounts/requirements/")
    keep(manager, "Begin a new version")
    expect(manager.locator("#measures")).to_contain_text("Net value of twelve months")
    press(manager, "Put in force")
    expect(state_of(manager)).to_have_text("In force")


def write_value(manager: Page) -> None:
    """What everybody in the programme gets, with what shows it; our own functions are asked (K-01, K-03)."""
    manager.goto("/key-accounts/value/new/")
    manager.get_by_label("The value in one sentence").fill(
        "One person who knows your depots, and answers within an hour."
    )
    manager.get_by_label("What we do", exact=True).fill("A team of its own\nPrices for three years")
    manager.get_by_label("What we do not do").fill("No products for one customer alone")
    keep(manager)
    made = manager.url
    manager.get_by_role("link", name="Add a proof point").click()
    manager.get_by_label("What shows it").fill("Late deliveries fell by half")
    manager.get_by_label("Where it is from").fill("Order system")
    manager.get_by_label("As of").fill("1998-03-31")
    keep(manager)
    manager.goto(made)
    press(manager, "Put it in force")
    for box in manager.get_by_role("checkbox").all():
        box.check()
    keep(manager, "Put it in force")
    expect(state_of(manager)).to_have_text("In force")


# Nominations


def nominate(page: Page, account: str, why: str = "They grow, and want to grow with us.") -> str:
    """Gives the address of the membership."""
    page.goto(f"/key-accounts/nominate/?q={account.replace(' ', '+')}")
    page.get_by_label("Account", exact=True).select_option(label=account)
    page.get_by_label("Why it is nominated").fill(why)
    keep(page, "Nominate")
    expect(state_of(page)).to_have_text("Nominated")
    return page.url


def veto(executive: Page, address: str) -> None:
    executive.goto(address)
    executive.goto(f"{address}steps/veto/")
    say_why(executive, "Veto", "Their bank has called in its loans.")
    expect(state_of(executive)).to_have_text("Vetoed")


def score(manager: Page, address: str, points: int) -> None:
    """What is on file answers by itself; the rest is judged, and a person confirms (K-08)."""
    manager.goto(address)
    manager.locator("#filter").get_by_role("link", name="The scorecard").click()
    card = manager.url
    while (open_ := manager.get_by_role("link", name=re.compile("^Judge(?! again)\\b.*:"))).count():
        open_.first.click()
        manager.get_by_label("Score", exact=True).select_option(str(points))
        manager.get_by_label("Why", exact=True).fill("As we know them.")
        keep(manager)
        manager.goto(card)
    press(manager, "Confirm the scorecard")


def incubate(manager: Page, address: str) -> None:
    """It passes, and its year begins with its allowance (K-10, K-11, K-12)."""
    manager.goto(address)
    press(manager, "Passes the filter")
    expect(state_of(manager)).to_have_text("Nominated to incubate")
    press(manager, "Start the incubation")
    manager.get_by_label("Money granted").fill("20000")
    manager.get_by_label("People-days granted").fill("40")
    keep(manager, "Start the incubation")
    expect(state_of(manager)).to_have_text("Incubating")


# What the customer is told


def confirm_by_link(office: RealOffice, customer: Page, address: str, words: str) -> None:
    """The newest mail to this address leads to a page that says what is expected; somebody there confirms it (K-22, M16)."""

    def letters() -> list[str]:
        return [acts.text_of(mail) for mail in acts.letters_to(office, address, "what we expect")]

    until(lambda: any(words in text for text in letters()), 180, office.told)
    link = re.search(rf"{office.url}/key-accounts/expected/\S+", letters()[-1])
    assert link, letters()[-1]
    customer.goto(link[0])
    expect(customer.locator("main")).to_contain_text("One person who knows your depots")
    customer.get_by_label("Your name").fill("Roland Mendel")
    keep(customer, "I have read it and know it")
    expect(customer.locator("main")).to_contain_text("Thank you.")


# The panel


def plan_panel(manager: Page, name: str, meets_on: str, accounts: Iterable[str]) -> str:
    """Four members, one of whom leads most of the managers; the accounts that wait are put on its agenda (K-14)."""
    manager.goto("/key-accounts/panels/new/")
    manager.get_by_label("Panel", exact=True).fill(name)
    manager.get_by_label("Meets on").fill(meets_on)
    for member in ("Otto Owner", "Edda Executive", "Erik Executive", "Andrew Fuller"):
        manager.get_by_role("checkbox", name=member).check()
    manager.get_by_label("Chair", exact=True).select_option(label="Otto Owner")
    manager.get_by_label("How many members have to vote").fill("2")
    keep(manager)
    session = manager.url
    for account in accounts:
        manager.goto(f"/key-accounts/panels/accounts/?search={account.replace(' ', '+')}")
        manager.locator("main table").get_by_role("link", name=account).first.click()
        press(manager, "Put on an agenda")
        manager.get_by_label("Panel", exact=True).select_option(label=name)
        keep(manager, "Put on an agenda")
        expect(state_of(manager)).to_have_text("On the agenda")
    manager.goto(session)
    press(manager, "Open the voting")
    expect(state_of(manager)).to_have_text("Voting")
    return session


def agenda(page: Page, session: str) -> dict[str, str]:
    """The accounts on it that this person sees, with their addresses."""
    page.goto(session)
    links = page.locator("#agenda tbody a.table__link").all()
    return {link.inner_text(): str(link.get_attribute("href")) for link in links}


def vote(member: Page, address: str, outcome: str) -> None:
    """Sealed until it is given; then the others' are open."""
    member.goto(address)
    expect(member.locator("#votes")).to_have_count(0)
    press(member, "Vote", "#mine")
    for field in member.locator("select[name^=score_]").all():
        field.select_option("4")
    tick(member, "Your vote", outcome)
    member.get_by_label("Why", exact=True).fill("By what stands in the packet.")
    keep(member, "Vote")
    expect(member.locator("#votes")).to_be_visible()


def decide(chair: Page, address: str, outcome: str, **said: str) -> None:
    """Within what the panel voted for; held until all are released."""
    chair.goto(address)
    press(chair, "Decide")
    tick(chair, "The panel decides", outcome)
    chair.locator("textarea[name=reason]").fill("As the packet shows.")
    for name, value in said.items():
        field = chair.locator(f"[name={name}]")
        field.select_option(label=value) if name == "tier" else field.fill(value)
    keep(chair, "Decide")
    expect(state_of(chair)).to_have_text("Decided, held")


def release(chair: Page, session: str) -> None:
    chair.goto(session)
    press(chair, "Hold the decisions")
    chair.get_by_label("Minutes").fill("All members were there.")
    keep(chair, "Hold the decisions")
    expect(state_of(chair)).to_have_text("Decisions held")
    press(chair, "Release the decisions")
    chair.get_by_label("I have looked at every decision").check()
    keep(chair, "Release the decisions")
    expect(state_of(chair)).to_have_text("Released")


def expect_state(page: Page, address: str, state: str) -> None:
    page.goto(address)
    expect(state_of(page)).to_have_text(state)
