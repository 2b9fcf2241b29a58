"""One signed POST to another program; whoever asks for it tries again when it raises."""

from __future__ import annotations

from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.utils.translation import gettext as _

from .signing import LEAST, signed

SECONDS = 20
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class NotTaken(Exception):
    """The other program did not take it; the sentence says what it answered and holds no secret."""


class Straight(HTTPRedirectHandler):
    """What is signed for one address goes to no other."""

    def redirect_request(self, *_args: Any, **_options: Any) -> None:
        return None


def call(url: str, secret: str, body: bytes, *, key: str) -> None:
    """POST the body as JSON; `key` names it, so that whoever gets it twice knows it again. Raises NotTaken."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": key, **signed(secret, body)}
    host = urlsplit(url).hostname or ""
    try:
        with build_opener(Straight).open(Request(url, body, headers, method="POST"), timeout=SECONDS):  # noqa: S310
            return
    except HTTPError as error:
        error.close()
        words = _("%(host)s answered with %(code)d and did not take it.")
        raise NotTaken(words % {"host": host, "code": error.code}) from None
    except (URLError, OSError) as error:
        reason = getattr(error, "reason", None) or type(error).__name__
        raise NotTaken(_("%(host)s does not answer: %(reason)s.") % {"host": host, "reason": reason}) from None


def fault(url: str, secret: str) -> str:
    """Why words to this address would be unsafe or go nowhere; empty where nothing is wrong."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return _("The address that orders for print are posted to is no web address.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        return _("Orders for print would be posted unencrypted.")
    return weakness(secret)


def weakness(secret: str) -> str:
    return _("The secret that words to and from the printer are signed with is missing or shorter than %(n)d characters.") % {
        "n": LEAST
    } if len(secret) < LEAST else ""  # fmt: skip
