"""Signing in by the page."""

from typing import Any

from playwright.sync_api import Browser

from tests.browser.company import PASSWORD
from tests.browser.office import RealOffice


def cookies_of(office: RealOffice, browser: Browser, address: str) -> Any:
    """The cookies of somebody who signed in through the page."""
    context = browser.new_context(base_url=office.url)
    context.set_default_timeout(90_000)
    page = context.new_page()
    page.goto("/sign-in/login/")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{office.url}/")
    state = context.storage_state()
    context.close()
    return state
