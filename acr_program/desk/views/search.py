"""The answer to the one search box."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from acr_program.people.folding import folded
from acr_program.people.requests import SignedRequest
from acr_program.ui.shell import address

from ..commands import commands_for
from ..search import EACH, SHORTEST, Found, Hit, find_all

LONGEST = 100
FEW = 5  # of each kind under the box; the page shows more


def search_page(request: SignedRequest) -> HttpResponse:
    asked = request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()
    found = find_all(request.user, asked)
    context = {"asked": asked, "found": found, "too_short": len(folded(asked)) < SHORTEST}
    return render(request, "desk/search.html", context)


def suggest(request: SignedRequest) -> HttpResponse:
    """The same as a list under the search box; before anything is typed, what this person can do."""
    asked = request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()
    short = len(folded(asked)) < SHORTEST
    begins = [Hit(known.label, address(known.url_name), icon=known.icon) for known in commands_for(request.user)]
    found = [Found(_("Actions"), begins[:EACH], False)] if short else find_all(request.user, asked)
    found = [replace(group, hits=group.hits[: EACH if short else FEW]) for group in found]
    return render(request, "desk/suggest.html", {"asked": asked, "found": found, "short": short})


def shortcuts(request: SignedRequest) -> HttpResponse:
    return render(request, "desk/shortcuts.html")
