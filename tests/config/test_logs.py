"""P36: a line says who, what, when and which request, and never a secret."""

import io
import json
import logging

import pytest
import structlog
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from acr_program.config import logs

TOKEN = "Vq8sJr2Lk0ZxYw5TnB7mCf3HdGa9PeUi1OoKlMnBvCx"


def page(request, token=""):
    return HttpResponse("page")


def broken(request):
    password = "marked-password"
    raise RuntimeError(f"password={password} broke\nINFO forged line")


def refused(request):
    raise PermissionDenied("This is for somebody else.")


urlpatterns = [path("refused", refused), path("page", page), path("link/<str:token>/", page), path("broken", broken)]


@pytest.fixture
def lines():
    """What is written as JSON, one dictionary a line."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    config = logs.configure(level="INFO", as_json=True)["formatters"]["line"]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(**{k: v for k, v in config.items() if k != "()"}))
    root = logging.getLogger()
    before, root.handlers = root.handlers, [handler]
    level = root.level
    root.setLevel("INFO")
    with override_settings(ROOT_URLCONF=__name__):
        yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers = before
    root.setLevel(level)


def test_a_line_says_who_what_when_and_which_request(client, lines):
    response = client.get("/page?q=customer", headers={"user-agent": "x"})

    (line,) = [line for line in lines() if line["event"] == "request"]
    assert set(line) >= {"method", "path", "status", "person", "address", "ms", "timestamp", "request_id", "level"}
    assert (line["method"], line["path"], line["status"]) == ("GET", "/page", 200)
    assert line["request_id"] == response["X-Request-ID"]
    assert line["timestamp"].endswith("Z")


@pytest.mark.django_db
@pytest.mark.demand("P36")
def test_tokens_in_addresses_are_hidden(client, lines):
    client.get(f"/link/{TOKEN}/?token={TOKEN}")
    client.get(f"/calendar/{TOKEN}.ics")

    assert TOKEN not in json.dumps(lines())


@pytest.mark.demand("P36")
def test_a_session_and_a_password_are_hidden(client, lines):
    client.cookies["acr_session"] = "marked-session"
    client.post("/page", {"password": "marked-password", "login": "somebody"}, headers={"authorization": "marked-auth"})

    assert "marked" not in json.dumps(lines())


@pytest.mark.demand("P36")
def test_an_error_tells_no_secret_and_forges_no_line(client, lines):
    client.raise_request_exception = False
    client.get("/broken")

    written = lines()
    assert "marked-password" not in json.dumps(written)
    assert [line for line in written if line["event"].startswith("INFO forged")] == []
    assert {line["request_id"] for line in written} == {written[0]["request_id"]}


@pytest.mark.parametrize(
    "name", ["password", "new_password1", "csrf_token", "Cookie", "Authorization", "api_key", "otp"]
)
def test_fields_that_sound_like_a_secret_lose_their_value(name):
    assert logs.hide_secrets(None, "info", {"event": "x", name: "marked"})[name] == "hidden"


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\x1b[2J", "\u2028", "\x00"])
def test_a_text_cannot_start_a_line(sign):
    assert CONTROLS.isdisjoint(logs.clean(f"one{sign}two"))


CONTROLS = {"\n", "\r", "\x1b", "\u2028", "\x00"}


def test_nothing_is_asked_of_the_database_to_write_a_line(client, lines):
    client.get("/page")  # no access to the database is allowed in this test

    assert lines()[0]["person"] is None


def test_an_expected_refusal_is_one_line_without_a_traceback(lines, client, db):
    logging.getLogger("django.request").addFilter(logs.expected)
    try:
        client.get("/refused")
    finally:
        logging.getLogger("django.request").removeFilter(logs.expected)

    (said,) = [line for line in lines() if line["logger"] == "django.request"]
    assert said["level"] == "info"
    assert "exception" not in said
