"""Pages outside the shell: sign-in, errors. Each says why, and what to do."""

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views import defaults

pytestmark = pytest.mark.django_db


def request() -> object:
    return RequestFactory().get("/reviews/1/")


@pytest.mark.parametrize(
    "path", ["/sign-in/login/?next=/reviews/1/", "/sign-in/password/reset/", "/sign-in/password/reset/done/"]
)
def test_signing_in_needs_no_shell(path: str) -> None:
    html = Client().get(path).content.decode()

    assert '<body class="gate">' in html
    assert html.count("<h1") == 1


def test_a_wrong_password_says_so_and_keeps_the_address() -> None:
    html = Client().post("/sign-in/login/", {"login": "priya@example.com", "password": "wrong"}).content.decode()

    assert "That did not match." in html
    assert 'value="priya@example.com"' in html


def test_403_says_the_reason() -> None:
    answer = defaults.permission_denied(request(), PermissionDenied("Approve is for the leader who was asked."))

    assert "Approve is for the leader who was asked." in answer.content.decode()


def test_404_offers_the_search() -> None:
    answer = defaults.page_not_found(request(), Exception("gone"))

    assert 'action="/search/"' in answer.content.decode()


def test_409_says_who_was_faster_and_keeps_what_was_typed() -> None:
    sentence = "Sunniva Lund approved version 2 at 13:05."
    html = render_to_string("409.html", {"sentence": sentence, "back": "/reviews/1/", "typed": "My reason"}, request())

    assert sentence in html
    assert 'href="/reviews/1/"' in html
    assert "My reason</textarea>" in html


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_when_all_is_down_the_page_needs_nothing(name: str, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):
        html = render_to_string(name)

    assert '<link rel="stylesheet" href="/static/css/app.css">' in html


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "429.html"])
def test_other_errors_say_what_to_do(name: str) -> None:
    assert '<a class="button" data-kind="main"' in render_to_string(name, {}, request())
