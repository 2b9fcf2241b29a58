"""P4, P44: a database that is away is told as 503 with when to come again; our own errors stay errors."""

import sqlite3

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from acr_program.config.outage import is_outage, page


def fail(words):
    try:
        raise sqlite3.OperationalError(words)
    except sqlite3.Error as error:
        raise OperationalError(words) from error


def locked(request):
    fail("database is locked")


def no_table(request):
    fail("no such table: nothing")


class BrokenMiddleware:
    """What happens when the session cannot be saved."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path == "/late":
            raise OperationalError("connection is lost")
        return response


urlpatterns = [path("locked", locked), path("no-table", no_table), path("late", lambda request: HttpResponse("ok"))]
handler500 = "acr_program.config.outage.server_error"


@pytest.fixture
def browser(settings):
    middleware = [*settings.MIDDLEWARE, f"{__name__}.BrokenMiddleware"]
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=middleware):
        yield Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.demand("P4")
@pytest.mark.parametrize("where", ["/locked", "/late"])
def test_an_outage_says_when_to_come_again(browser, where):
    response = browser.post(where)

    assert response.status_code == 503
    assert response["Retry-After"] == "15"
    assert b"Back in a moment" in response.content
    assert b"locked" not in response.content


def test_plain_words_stand_in_where_the_page_cannot_be_made():
    response = page("there-is-no-such.html", 503, {"sentence": "The database does not answer."})

    assert (response.status_code, response.content) == (503, b"The database does not answer.")
    assert response["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.django_db
def test_an_error_of_ours_is_not_called_an_outage(browser):
    assert browser.get("/no-table").status_code == 500


@pytest.mark.parametrize(
    ("words", "away"),
    [
        ("database is locked", True),
        ("unable to open database file", True),
        ("database or disk is full", True),
        ("disk I/O error", True),
        ("attempt to write a readonly database", False),
        ("no such column: x", False),
    ],
)
def test_what_sqlite_says(words, away):
    with pytest.raises(OperationalError) as caught:
        fail(words)

    assert is_outage(caught.value) is away


@pytest.mark.parametrize("error", [None, ValueError("x"), OperationalError("server closed the connection")])
def test_other_errors(error):
    assert is_outage(error) is isinstance(error, OperationalError)
