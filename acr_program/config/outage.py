"""A database that is away is an outage, not an error of the page: 503, when to come again, and a sentence."""

from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

RETRY_AFTER = 15
log = structlog.get_logger("acr.outage")


class DatabaseDown:
    """Turns a lost database into 503. What was sent may or may not have been saved; the click's key makes retrying safe."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            return unavailable(request, error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A view's error comes here before Django makes it a 500."""
        return unavailable(request, error) if isinstance(error, OperationalError | InterfaceError) else None


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """The page that needs nothing of the database, and plain words where even the page cannot be made."""
    log.error("database_away", error=type(error).__name__, reason=str(error).splitlines()[:1])
    connection.close()
    sentence = _(
        "The database does not answer at the moment. Please try again in a few seconds; "
        "sending the same form again does nothing twice."
    )
    try:
        page = HttpResponse(render_to_string("503.html", {"sentence": sentence}))
    except (TemplateDoesNotExist, OperationalError, InterfaceError):
        page = HttpResponse(sentence, content_type="text/plain; charset=utf-8")
    page.status_code = 503
    page["Retry-After"] = str(RETRY_AFTER)
    return page
