"""What every page has in common whose address is a secret."""

from __future__ import annotations

from django.http import HttpResponseBase


def kept_secret(response: HttpResponseBase) -> None:
    """Kept nowhere, told to no other site, found by no search (docs/promises.md, rule 7)."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"  # with no-referrer a browser sends its form as from nowhere (0402)
    response["X-Robots-Tag"] = "noindex, nofollow"
