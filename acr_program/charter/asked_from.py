"""From which page of the program something is asked, and what that page is about."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from acr_program.people.models import User


def own_page(address: str) -> str:
    """The address, where it is one of ours and leads nowhere else; empty otherwise."""
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours else ""


def named(address: str, user: User) -> str:
    """The name of the record whose page this is, as far as this person sees it; empty for any other page."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    model: Any = getattr(getattr(found.func, "access", None), "model", None)
    if model is None or "pk" not in found.kwargs:
        return ""
    record = model._default_manager.visible_to(user).filter(pk=found.kwargs["pk"]).first()
    return str(record or "")
