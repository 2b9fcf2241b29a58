"""One review from its request to its close, in the browser, through every process of the real office."""

import hashlib
import re
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import accept, answer_and_read, ask_for_review, state_of, take_up
from tests.browser.office import RealOffice
from tests.jobs.office import until

pytestmark = [pytest.mark.browser, pytest.mark.process]

CUSTOMER = "Blue Heron Markets"
FASTER = re.compile(r"Ada Admin: Accept, \w{3} \d+ \w{3} \d{4} at \d\d:\d\d\.")
Sit = Callable[..., Page]


def decide(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Approve version 1").click()
    expect(page.locator("#main")).to_contain_text("You have approved: ")


def held_version(office: RealOffice, request: str) -> list[Any]:
    """The files that the database's manifest names for the latest version of this request."""
    return office.query(
        "SELECT d.id, m.digest, n.name, f.sha256 FROM reviews_document d JOIN files_manifest m ON m.id = d.manifest_id"
        " JOIN files_manifestfile n ON n.manifest_id = m.id JOIN files_storedfile f ON f.id = n.file_id"
        f" WHERE d.request_id = {int(request)} AND d.status <> 'void' ORDER BY n.name"
    )


@pytest.mark.demand("issue 2, shown by 2")
def test_a_review_from_request_to_close(office: RealOffice, sit: Sit) -> None:
    rep, admin = sit("rep"), sit("admin")
    address = ask_for_review(rep, CUSTOMER)
    number = address.rstrip("/").rpartition("/")[2]

    stale = sit("second admin")
    stale.goto(address)
    accept(admin, address)
    told_who_was_faster(stale, address, office)
    answer_and_read(sit, admin, address, CUSTOMER)

    with office.renderer_held():
        admin.get_by_role("button", name="Accept the section").click()
        expect(admin.locator("#main")).to_contain_text("All sections are read.")
        rep.goto(address)
        bar = rep.locator("#document-panel progress")
        expect(bar).to_be_visible()
        expect(rep.locator("#document-panel")).to_contain_text("Version 1: waiting for the renderer")
    expect(bar).to_have_count(0, timeout=180_000)
    expect(state_of(rep)).to_have_text("In approval", timeout=180_000)

    approved_in_order(sit, rep, address)
    delivered_as_sealed(office, sit, admin, number)
    met_and_closed(office, sit, rep, admin, address)


def told_who_was_faster(stale: Page, address: str, office: RealOffice) -> None:
    """A page read before somebody else acted: one sentence with the name, and nothing more happens."""
    before = office.query("SELECT count(*) FROM workflow_logentry")
    with stale.expect_response(lambda answer: answer.request.method == "POST") as posted:
        stale.get_by_role("button", name="Accept").click()
    assert posted.value.status == 409
    expect(stale.get_by_role("alert")).to_contain_text(FASTER)
    stale.get_by_role("link", name="Look at it as it is now").click()
    expect(stale).to_have_url(address)
    expect(state_of(stale)).to_have_text("Gathering")
    assert office.query("SELECT count(*) FROM workflow_logentry") == before


def approved_in_order(sit: Sit, rep: Page, address: str) -> None:
    """The second leader cannot go before the first, and reads why; then both approve."""
    first, second = sit("leader"), sit("second leader")
    second.goto("/reviews/approvals/")
    second.locator("#main .queue a", has_text=CUSTOMER).first.click()
    mine = second.url
    expect(second.locator("#main")).to_contain_text("Another leader decides first.")
    assert second.get_by_role("button", name="Approve version 1").count() == 0
    take_up(first, CUSTOMER)
    decide(first, first.url)
    decide(second, mine)
    rep.goto(address)
    expect(state_of(rep)).to_have_text("Delivered")


def letters(office: RealOffice) -> list[EmailMessage]:
    """What the customer of this story got by mail."""
    return [mail for mail in office.mails_to("kim@customer.example") if CUSTOMER in str(mail["Subject"])]


def delivered_as_sealed(office: RealOffice, sit: Sit, admin: Page, number: str) -> None:
    """The customer's mail opens the very bytes that the manifest names."""
    until(lambda: bool(letters(office)), 180, office.told)
    mail = letters(office)[-1]
    body = mail.get_body(("plain",))
    link = re.search(rf"{office.url}/reviews/delivered/\S+", body.get_content() if body else "")
    assert link, "the mail names no address"

    customer = sit()
    customer.goto(link[0])
    expect(customer.get_by_role("heading", level=1)).to_contain_text("Annual Customer Review")
    with customer.expect_download() as handed:
        customer.get_by_role("link", name="Download the document").click()
    data = handed.value.path().read_bytes()
    got = hashlib.sha256(data).hexdigest()

    rows = held_version(office, number)
    assert {name: sha for _pk, _digest, name, sha in rows}["screen.pdf"] == got
    assert data.startswith(b"%PDF-")
    admin.goto(f"/reviews/documents/{rows[0][0]}/")
    expect(admin.locator("#main")).to_contain_text("Sealed")
    admin.get_by_text("What proves these bytes").click()
    expect(admin.locator("#main")).to_contain_text(got)
    expect(admin.locator("#main")).to_contain_text(rows[0][1])


def questions(office: RealOffice) -> list[EmailMessage]:
    return [mail for mail in letters(office) if "Five questions" in str(mail["Subject"])]


def answered_by_link(office: RealOffice, sit: Sit, admin: Page, address: str) -> None:
    """The office asks before the clock does; the customer answers from the mail, without an account and without scripts."""
    admin.goto(address)
    admin.get_by_role("button", name="Ask the customer").click()
    until(lambda: bool(questions(office)), 180, office.told)
    body = questions(office)[-1].get_body(("plain",))
    link = re.search(rf"{office.url}/reviews/say/\S+", body.get_content() if body else "")
    assert link, "the mail names no address"
    customer = sit(width=390, scripts=False)
    customer.goto(link[0])
    for question in ("How much value", "Did we deliver", "How is the relationship", "How likely"):
        customer.get_by_role("group", name=question).get_by_label("4", exact=True).check()
    customer.get_by_label("Your name").fill("Kim Kunde")
    customer.get_by_role("button", name="Send the answers").click()
    expect(customer.get_by_role("heading", level=1)).to_have_text("Thank you")


def met_and_closed(office: RealOffice, sit: Sit, rep: Page, admin: Page, address: str) -> None:
    rep.goto(address)
    rep.get_by_role("link", name="Record the meeting").click()
    rep.get_by_label("Day of the meeting").fill(date.today().isoformat())
    rep.get_by_label("Who else was there").fill("Kim Kunde, Rita Rep")
    rep.get_by_role("button", name="Record the meeting").click()
    rep.get_by_label("That is really the day").check()  # weeks before the day it was planned for
    rep.get_by_role("button", name="Record the meeting").click()
    expect(state_of(rep)).to_have_text("Met")
    rep.get_by_role("link", name="Say how it went").click()
    rep.get_by_label("What worked").fill("Open and friendly.")
    rep.get_by_role("button", name="Say how it went").click()
    answered_by_link(office, sit, admin, address)
    admin.goto(address)
    admin.get_by_role("link", name="Close").click()
    admin.get_by_role("button", name="Close").click()
    expect(state_of(admin)).to_have_text("Closed")
