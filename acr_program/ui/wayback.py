"""The way back to a list leads to the list as it was left: a signed cookie knows how the last few were narrowed."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

MOST, LONGEST = 5, 600
SALT = "ui.wayback"


class WayBack:
    """After a list was shown, its address is kept in the browser; nothing is written to the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        page = getattr(request, "known_list", None)
        if page is not None and request.method == "GET" and response.status_code == 200:
            keep(request, response)
        return response


def keep(request: HttpRequest, response: HttpResponseBase) -> None:
    before = left(request)
    query = request.GET.urlencode()
    after = {path: kept for path, kept in before.items() if path != request.path}
    if query and len(query) <= LONGEST:
        after = dict([*after.items(), (request.path, query)][-MOST:])
    if after != before:
        response.set_cookie(
            settings.LISTS_COOKIE_NAME, signing.dumps(after, salt=salt_of(request), compress=True), samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        )  # fmt: skip


def left(request: Any) -> dict[str, str]:
    """By the path of a list, how it was narrowed when it was last seen."""
    told = request.COOKIES.get(settings.LISTS_COOKIE_NAME)
    if not told:
        return {}
    try:
        found = signing.loads(told, salt=salt_of(request))
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def salt_of(request: Any) -> str:
    """Whoever sits down at the same browser next does not learn what was looked for."""
    return f"{SALT}.{request.user.pk}"


def back_to(request: Any, url: str) -> str:
    """The address of a list as it was left; any other address as it is."""
    kept = left(request).get(url, "") if request is not None and url else ""
    return f"{url}?{QueryDict(kept).urlencode()}" if kept else url
