"""A list by its name, for whoever comes through to its page: what is exported and what is kept is what the page shows."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import resolve
from django.utils.translation import gettext as _

from acr_program.ui import known
from acr_program.ui.known import Known
from acr_program.ui.lists import ListPage


def find_list(name: str) -> Known:
    found = known.find(name)
    if found is None:
        raise Http404(_("There is no list of this name."))
    return found


def opened(of: Known, request: Any) -> ListPage:
    """The list as its own page would show it: the same rule at the door, the same rows, the same order."""
    found = resolve(of.url_of(request.GET))
    page = of.build(request, *found.func.access.admit(request, dict(found.kwargs)))  # type: ignore[attr-defined]
    page.known = of
    return page
