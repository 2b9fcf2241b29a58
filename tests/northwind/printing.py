"""The copies of a sealed document, through a drop and a print shop's own program, until they are in the customer's hands."""

from __future__ import annotations

import hashlib
import json
import re
import urllib.request
from base64 import b64decode
from datetime import date
from typing import Any

from playwright.sync_api import Page, expect

from acr_program.outbox.signing import SIGNATURE, STAMP, digest
from acr_program.ui.phrases import long_day
from tests.browser.acts import state_of
from tests.browser.office import RealOffice
from tests.jobs.office import until
from tests.render.reading import words
from tests.reviews.shop import SECRET, Shop

from .travel import now_of


def picked_up(office: RealOffice, name: str) -> dict[str, Any]:
    """What lies in the drop: the ticket for programs, which names the sealed file beside it, and the page for people."""
    drop = office.folder / "print"
    until((drop / f"{name}-ticket.json").is_file, 180, office.told)
    ticket: dict[str, Any] = json.loads((drop / f"{name}-ticket.json").read_text())
    proved(office, ticket, (drop / f"{name}.pdf").read_bytes(), (drop / f"{name}-ticket.pdf").read_bytes())
    return ticket


def all_handed_over(office: RealOffice) -> None:
    """Nothing is on its way any more, whoever asked for it: it would be posted to the next shop that opens."""
    waiting = "SELECT count(*) FROM reviews_handover WHERE state IN ('queued', 'running')"
    until(lambda: office.query(waiting)[0][0] == 0, 180, office.told)


def posted(office: RealOffice, shop: Shop, name: str) -> tuple[dict[str, Any], int]:
    """The order as it was posted to a shop, and how often: every try said the same under the same key, signed."""
    tries = [(head, json.loads(body), body) for head, body in shop.got if json.loads(body)["ticket"]["order"] == name]
    assert len({head["Idempotency-Key"] for head, _told, _body in tries}) == 1
    for head, told, body in tries:
        signature = f"sha256={digest(SECRET, head[STAMP.title()], body)}"
        assert (told["ticket"], head[SIGNATURE.title()]) == (tries[0][1]["ticket"], signature)
    ticket: dict[str, Any] = tries[-1][1]["ticket"]
    files = {one["name"]: b64decode(one["content"]) for one in tries[-1][1]["files"]}
    proved(office, ticket, files[f"{name}.pdf"], files[f"{name}-ticket.pdf"])
    return ticket, len(tries)


def proved(office: RealOffice, ticket: dict[str, Any], file: bytes, page: bytes) -> None:
    """The file is the one that the manifest of the sealed version names, and the page says so in words."""
    sealed = office.query(
        "SELECT f.sha256 FROM reviews_document d JOIN files_manifestfile n ON n.manifest_id = d.manifest_id"
        " JOIN files_storedfile f ON f.id = n.file_id WHERE d.status = 'sealed' AND n.name = 'print.pdf'"
        f" AND d.request_id = (SELECT request_id FROM reviews_printorder WHERE id = {int(ticket['order'][1:])})"
    )
    assert [hashlib.sha256(file).hexdigest()] == [ticket["file"]["sha256"]] == [row[0] for row in sealed]
    said, needed = words(page), long_day(date.fromisoformat(ticket["needed_by"]))
    for told in (ticket["order"], str(ticket["copies"]), ticket["ship_to"], needed, "Mia Marlow"):
        assert told in said, said


def say_printed(printer: Page, ticket: dict[str, Any]) -> None:
    """The printer has no account: the address on the ticket is his."""
    printer.goto(ticket["status"])
    expect(printer.get_by_role("heading", level=1)).to_have_text(f"Print order {ticket['order']}")
    with printer.expect_download() as handed:
        printer.get_by_role("link", name="Download the file").click()
    assert hashlib.sha256(handed.value.path().read_bytes()).hexdigest() == ticket["file"]["sha256"]
    printer.get_by_role("button", name="Say that they are printed").click()
    expect(state_of(printer)).to_have_text("Printed")


def say_shipped(printer: Page, ticket: dict[str, Any], carrier: str, tracking: str) -> None:
    printer.goto(ticket["status"])
    printer.get_by_label("Carrier").fill(carrier)
    printer.get_by_label("Tracking number").fill(tracking)
    printer.get_by_role("button", name="Say that they are shipped").click()
    expect(state_of(printer)).to_have_text("Shipped")


def in_danger(page: Page, address: str, order: str, said: str) -> None:
    """The alarm stands on the page of the review and on that of the order."""
    page.goto(address)
    row = page.locator("#print-orders tr", has=page.get_by_role("link", name=order, exact=True))
    expect(row).to_contain_text(said)
    row.get_by_role("link", name=order, exact=True).click()
    expect(page.locator("#main .notice", has_text=said)).to_be_visible()


def among_exceptions(admin: Page, kind: str, customer: str) -> None:
    admin.goto("/exceptions/")
    admin.get_by_role("link", name=re.compile(f"^{kind}")).click()
    expect(admin.locator("#listed")).to_contain_text(customer)


def order_once_more(admin: Page, address: str, copies: int, needed_by: date, why: str) -> str:
    """Copies beyond the first order, by hand; gives the name of the new order."""
    admin.goto(address)
    admin.locator("#print-orders").get_by_role("link", name="Order copies once more").click()
    admin.get_by_label("Copies", exact=True).fill(str(copies))
    admin.get_by_label("Needed by").fill(needed_by.isoformat())
    admin.get_by_label("Why once more").fill(why)
    admin.get_by_role("button", name="Order the copies").click()
    expect(admin.locator("#main")).to_contain_text("The copies are ordered.")
    return admin.get_by_role("heading", level=1).inner_text().removeprefix("Print order ")


def event(office: RealOffice, **said: str) -> str:
    """A signed event of the printer's or the carrier's program, posted on the office's own clock; gives the answer."""
    body, stamp = json.dumps(said).encode(), str(int(now_of(office)))
    signature = f"sha256={digest(office.environment['ACR_PRINT_EVENTS_SECRET'], stamp, body)}"
    headers = {"Content-Type": "application/json", STAMP: stamp, SIGNATURE: signature}
    ask = urllib.request.Request(f"{office.url}/reviews/printer/events/", body, headers, method="POST")
    with urllib.request.urlopen(ask, timeout=20) as answer:
        return str(json.loads(answer.read())["sentence"])
