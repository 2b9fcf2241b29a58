"""Forms come from our own pages alone: a browser that says otherwise is believed (P23)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import get_callable

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
FOREIGN = ("cross-site", "same-site")  # same-site is a neighbour under our domain, not we
REASON = "The browser says that the form was sent from another site."


class OwnSite:
    """Refuses what changes something when the browser names another site as its origin, whatever token it carries."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE and request.headers.get("Sec-Fetch-Site", "") in FOREIGN:
            refusal: HttpResponseBase = get_callable(settings.CSRF_FAILURE_VIEW)(request, reason=REASON)
            return refusal
        return self.get_response(request)
