"""The office and a browser, shared by the tests of this folder; each person signs in once, by the page."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.company import address_of
from tests.browser.office import RealOffice, opened
from tests.browser.signing_in import cookies_of

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
expect.set_options(timeout=20_000)  # how long a page takes says how busy the machine is, not whether it is right


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealOffice]:
    with opened(tmp_path_factory.mktemp("office")) as office:
        yield office


@pytest.fixture(scope="package")
def browser(browser_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def signed_in(office: RealOffice, browser: Browser) -> Callable[[str], Any]:
    """The cookies of somebody who signed in through the page."""
    kept: dict[str, Any] = {}

    def state_of(who: str) -> Any:
        if who not in kept:
            kept[who] = cookies_of(office, browser, address_of(who))
        return kept[who]

    return state_of


@pytest.fixture
def sit(office: RealOffice, browser: Browser, signed_in: Callable[[str], Any]) -> Iterator[Callable[..., Page]]:
    """A window of somebody's own browser: sit("rep"), sit("rep", width=390, theme="dark", scripts=False), sit()."""
    contexts: list[BrowserContext] = []

    def open_window(who: str = "", width: int = 1440, theme: str = "light", scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=office.url,
            storage_state=signed_in(who) if who else None,
            viewport={"width": width, "height": 900},
            color_scheme=theme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()
