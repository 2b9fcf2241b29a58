"""An evidence pack asked for on the page, fetched, and opened in a browser that has no network (M24)."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.office import RealOffice

pytestmark = [pytest.mark.browser, pytest.mark.process, pytest.mark.demand("M24")]


def test_a_pack_is_fetched_and_opens_offline(
    office: RealOffice, browser: Browser, sit: Callable[..., Page], tmp_path: Path
) -> None:
    page = sit("auditor")
    rows = office.query("SELECT account_id, year_id FROM reviews_reviewrequest WHERE status = 'closed'")
    page.goto("/reviews/evidence/{}/{}/".format(*rows[0]))
    page.get_by_role("button", name="Have it written").click()
    for _try in range(180):
        if page.get_by_role("link", name="Download").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").first.click()
    download.value.save_as(tmp_path / "pack.zip")
    with ZipFile(tmp_path / "pack.zip") as zipped:
        zipped.extractall(tmp_path / "pack")

    context = browser.new_context(offline=True, java_script_enabled=False, viewport={"width": 390, "height": 800})
    opened, asked = context.new_page(), list[str]()
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto((tmp_path / "pack" / "index.html").as_uri())

    wide = opened.locator("h1").evaluate("one => getComputedStyle(one).fontSize")
    names = opened.get_by_role("heading", level=3).all_inner_texts()
    sideways = opened.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    sums = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "pack", capture_output=True, check=False)
    assert wide == "28px"  # its own sheet was read
    assert names[:3] == ["What was asked for", "What happened", "Sections"]
    assert sideways <= 0
    assert all(url.startswith("file:") for url in asked)
    assert sums.returncode == 0
