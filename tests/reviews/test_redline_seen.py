"""The pages of versions, of a newer template and of last year shut nobody out: both widths, both themes, one click through."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.urls import reverse

from acr_program.charter.look import drawn_anew, keep_logo
from acr_program.workflow.edit import edit
from reviews.models import ReviewRequest
from tests.charter.test_look import picture
from tests.factories import fresh, make_account, make_function, make_program, make_request, make_template, make_user
from tests.reviews.newer import a_newer
from tests.reviews.test_last_year import delivered, ready
from tests.reviews.work import year_2019
from tests.ui.browser import complaints, sticks_out, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Unterbrechungsfreie-Stromversorgungsanlagenbetreibergesellschaft" * 2


@pytest.fixture
def manager(monkeypatch: Any) -> Any:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's own loop runs in this thread
    return make_user("manager", "admin", name="Owen Castellane")


def two_versions() -> ReviewRequest:
    """A review whose template has gone on in every way there is."""
    make_program()
    make_template(sections=4)
    request = make_request("gathering")
    a_newer(
        without=("part-3",),
        add=({"key": "quality", "title": "Quality", "function": make_function("Quality and environment")},),
        change={"letter": {"body": f"We thank you. {LONG}", "locked": True}, "part-2": {"max_words": 80, "required": False}},
    )  # fmt: skip
    return fresh(request)


def shots(page: Any, name: str) -> None:
    """A picture for whoever wants to look: where ACR_PICTURES names a folder."""
    if folder := os.environ.get("ACR_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_they_shut_nobody_out(width: int, theme: str, manager: Any, live_server: Any) -> None:
    account, program = make_account(), make_program()
    delivered("The harbour was closed.", year_2019(), account)
    document = ready(f"The harbour was open. {LONG}", account)
    request = two_versions()
    edit(
        fresh(program), seen=fresh(program).version, by=manager, accent="#7a1f3d", logo=keep_logo(drawn_anew(picture()))
    )
    paths = {
        "upgrade": reverse("reviews:upgrade", args=[request.pk]),
        "request": request.get_absolute_url(),
        "changes": reverse("reviews:template-changes", args=[request.newer_template.pk]),
        "last-year": reverse("reviews:last-year", args=[document.pk]),
        "look": reverse("charter:look", args=[1]),
    }
    with window(live_server.url, manager, width, theme) as page:
        for name, path in paths.items():
            page.goto(path)
            shots(page, f"{name}-{width}-{theme}")

            assert (name, complaints(page)) == (name, [])
            assert sticks_out(page) <= 0, name


def test_the_newer_template_is_taken_by_hand(manager: Any, live_server: Any) -> None:
    request = two_versions()
    with window(live_server.url, manager) as page:
        page.goto(request.get_absolute_url())
        page.get_by_role("link", name="Look at what differs").click()
        page.get_by_role("button", name="Take version 2").click()
        page.wait_for_url(f"{live_server.url}{request.get_absolute_url()}*")

        assert "The review goes on with the newer template" in page.content()
    assert fresh(request).template.number == 2
