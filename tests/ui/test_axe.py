"""Nobody is shut out: the style guide and the sign-in page pass axe at WCAG 2.2 AA, in both themes, on desk and phone."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from tests.ui.browser import complaints, sticks_out, window

pytestmark = [pytest.mark.browser, pytest.mark.alike, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person(monkeypatch: Any) -> Any:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's own loop runs in this thread
    User = get_user_model()
    for n, name in enumerate(["Helena Brandt", "Kenji Otsuka", "Anouk Ferrand", "Bea Sørlie", "Graham Pell"]):
        User.objects.create(email=f"p{n}@example.com", name=name)
    return User.objects.create(email="priya@example.com", name="Priya Raghunathan")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_style_guide_shuts_nobody_out(width: int, theme: str, person: Any, live_server: Any) -> None:
    with window(live_server.url, person, width, theme) as page:
        page.goto("/styleguide/")

        assert complaints(page) == []
        assert sticks_out(page) <= 0


@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize("path", ["/sign-in/login/", "/sign-in/password/reset/", "/nothing-here/"])
def test_pages_outside_the_shell_shut_nobody_out(path: str, width: int, person: Any, live_server: Any) -> None:
    with window(live_server.url, width=width) as page:
        page.goto(path)

        assert complaints(page) == []
        assert sticks_out(page) <= 0


def test_keys_lead_to_the_search_and_through_a_list(person: Any, live_server: Any) -> None:
    with window(live_server.url, person) as page:
        page.goto("/styleguide/")
        page.keyboard.press("/")
        at_search = page.evaluate("document.activeElement.name")
        page.keyboard.press("Tab")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("j")
        page.keyboard.press("j")

        assert at_search == "q"
        assert page.evaluate("document.activeElement.textContent").startswith("Answer Priya")


def test_filtering_changes_the_list_in_place(person: Any, live_server: Any) -> None:
    with window(live_server.url, person) as page:
        page.goto("/styleguide/")
        page.fill("#f-q", "Kenji")
        page.press("#f-q", "Enter")
        page.wait_for_url("**/styleguide/?q=Kenji*")

        assert page.locator("#list tbody tr").count() == 1
        assert page.locator("#list .chip").inner_text().startswith("Search: Kenji")


def test_without_scripts_a_menu_opens_and_a_theme_is_chosen(person: Any, live_server: Any) -> None:
    with window(live_server.url, person, scripts=False) as page:
        page.goto("/styleguide/")
        page.click("summary:has-text('my settings')")
        page.click("button[name=theme][value=dark]")

        assert page.locator("html").get_attribute("data-theme") == "dark"
        assert page.url.endswith("/styleguide/")


def test_nothing_is_refused_by_the_content_policy(person: Any, live_server: Any) -> None:
    said: list[str] = []
    with window(live_server.url, person) as page:
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.goto("/styleguide/")
        page.click("text=Remind four contributors…")

        assert page.locator("#sample-dialog").is_visible()
    assert said == []
