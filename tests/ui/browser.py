"""A real browser for tests: opens pages as somebody, at a width and in a theme, and lets axe judge them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, sync_playwright

from acr_program.config.needs import find_browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def window(
    server: str, person: Any = None, width: int = 1440, theme: str = "light", scripts: bool = True
) -> Iterator[Page]:
    """A window of its own, signed in as this person."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(
            base_url=server,
            viewport={"width": width, "height": 900},
            color_scheme=theme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        if person is not None:
            client = Client()
            client.force_login(person)
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server}])
        yield context.new_page()
        browser.close()


def complaints(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA: the rule, and the first place."""
    found = (
        Axe().run(page, options={"preload": False, "runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    )
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"][:3]]


def sticks_out(page: Page) -> int:
    """How far the page is wider than its window: nothing may be cut off at the side."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
