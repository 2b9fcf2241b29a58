"""A database that is away is an outage, not an error of the page: 503, when to come again, and a sentence."""

import sqlite3
import sys
from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

RETRY_AFTER = 15
# What SQLite says when the machine is at fault; its other sentences, such as a missing table, are errors of ours.
SQLITE_AWAY = ("locked", "busy", "unable to open", "disk i/o", "disk is full", "malformed", "not a database")
log = structlog.get_logger("acr.outage")


class DatabaseDown:
    """Turns a lost database into 503. What was sent may be saved or not; the click's key makes repeating safe."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A view's error comes here before Django makes it a 500."""
        return unavailable(error) if is_outage(error) else None


def is_outage(error: BaseException | None) -> bool:
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    if isinstance(error.__cause__, sqlite3.Error):
        return any(words in str(error).lower() for words in SQLITE_AWAY)
    return True


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler of last resort, which errors of middleware reach too: 503 for an outage, else 500."""
    error = sys.exception()
    if is_outage(error):
        assert error is not None
        return unavailable(error)
    sentence = _("Something went wrong on our side. Nothing was saved halfway. The fault has been noted.")
    return page("500.html", 500, {"sentence": sentence, "request_id": getattr(request, "id", "")})


def unavailable(error: BaseException) -> HttpResponse:
    log.error("database_away", error=type(error).__name__, reason=str(error).split("\n", 1)[0])
    connection.close()
    sentence = _(
        "The database does not answer at the moment. Please try again in a few seconds; "
        "sending the same form again does nothing twice."
    )
    response = page("503.html", 503, {"sentence": sentence})
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def page(template: str, status: int, context: dict[str, str]) -> HttpResponse:
    """The page, which needs nothing of the database, and plain words where even the page cannot be made."""
    try:
        return HttpResponse(render_to_string(template, context), status=status)
    except (TemplateDoesNotExist, OperationalError, InterfaceError):
        return HttpResponse(context["sentence"], status=status, content_type="text/plain; charset=utf-8")
