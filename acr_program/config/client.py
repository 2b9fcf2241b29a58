"""The client's address, from the last hop that is ours (design rule 19)."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ClientAddress:
    """Puts the true address into REMOTE_ADDR and drops the header anybody can forge: one address for limits and log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        forwarded = request.META.pop("HTTP_X_FORWARDED_FOR", "")
        request.META["REMOTE_ADDR"] = address(forwarded, request.META.get("REMOTE_ADDR", ""), settings.TRUSTED_PROXIES)
        return self.get_response(request)


def address(forwarded: str, peer: str, proxies: int) -> str:
    """Each proxy appends whom it spoke to: with n proxies of ours the n-th from the right cannot be forged."""
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    if proxies and len(hops) >= proxies:
        try:
            return str(ipaddress.ip_address(hops[-proxies]))
        except ValueError:
            pass
    return peer or "127.0.0.1"
