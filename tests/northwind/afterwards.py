"""What comes back from a meeting: the representative's word, the customer's five answers, the close, and the evidence of it all."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Browser, Page, expect

from tests.browser.acts import state_of
from tests.jobs.office import ROOT

QUESTIONS = ("How much value", "Did we deliver", "How is the relationship", "How likely")


def said_by_rep(nancy: Page, address: str, worked: str, did_not: str, suggestion: str) -> None:
    """What worked, what did not, and what the template should change."""
    nancy.goto(address)
    nancy.get_by_role("link", name="Say how it went").first.click()
    nancy.get_by_label("What worked").fill(worked)
    nancy.get_by_label("What did not work").fill(did_not)
    nancy.get_by_label("What should change").select_option(label="Supply and service")
    nancy.get_by_label("How it should change").fill(suggestion)
    nancy.get_by_role("button", name="Say how it went").click()
    expect(nancy.locator("#main")).to_contain_text(worked)


def answered(customer: Page, link: str, marks: tuple[int, ...], change: str, name: str) -> None:
    """From the mail, without an account."""
    customer.goto(link)
    expect(customer.get_by_role("heading", level=1)).to_have_text("Five questions after our meeting")
    for question, mark in zip(QUESTIONS, marks, strict=True):
        customer.get_by_role("group", name=question).get_by_label(str(mark), exact=True).check()
    customer.get_by_label("If we could change one thing").fill(change)
    customer.get_by_label("Your name").fill(name)
    customer.get_by_role("button", name="Send the answers").click()
    expect(customer.get_by_role("heading", level=1)).to_have_text("Thank you")


def closed(admin: Page, address: str) -> None:
    admin.goto(address)
    admin.get_by_role("link", name=re.compile("^Close")).click()
    admin.get_by_role("button", name="Close", exact=True).click()
    expect(state_of(admin)).to_have_text("Closed")


def pack_of(page: Page, address: str, folder: Path) -> Path:
    """Asked for on the page of the review, written by a worker, fetched, unpacked."""
    page.goto(address)
    page.locator("#facts").get_by_role("link", name="Evidence 1998").click()
    page.get_by_role("button", name="Have it written").click()
    ready = page.get_by_role("link", name="Download").first
    for _try in range(30):
        if ready.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    with page.expect_download() as handed:
        ready.click()
    with ZipFile(handed.value.path()) as zipped:
        zipped.extractall(folder)
    return folder


def checked(folder: Path) -> None:
    """`sha256sum -c` finds every file as it was, and one that is not; log and receipt are proved by the scripts."""
    sums = ["sha256sum", "-c", "SHA256SUMS"]
    done = subprocess.run(sums, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    receipt = next(folder.glob("r*/version-*/receipt.json"))
    for command in (["check-log", "log.jsonl"], ["check-receipt", str(receipt), str(receipt.parent / "print.pdf")]):
        script = [sys.executable, "-I", str(ROOT / "bin" / command[0]), *command[1:]]
        done = subprocess.run(script, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    page = folder / "index.html"
    kept = page.read_bytes()
    page.write_bytes(kept.replace(b"Ernst Handel", b"Ernst Haendel", 1))
    assert subprocess.run(sums, cwd=folder, capture_output=True, check=False).returncode != 0
    page.write_bytes(kept)


@contextmanager
def offline(browser: Browser, folder: Path) -> Iterator[Page]:
    """The pack's page in a browser that has no network: it asks for nothing but its own files, and complains of nothing."""
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
    page, asked, said = context.new_page(), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(f"not there: {request.url}"))
    page.goto((folder / "index.html").as_uri())
    yield page
    context.close()
    assert asked, "nothing was opened"
    assert all(url.startswith(folder.as_uri()) for url in asked), asked
    assert not said, said
