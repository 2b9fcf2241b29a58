"""The answer to the one search box."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from acr_program.people.folding import folded
from acr_program.people.requests import SignedRequest

from ..search import SHORTEST, find_all

LONGEST = 100


def search_page(request: SignedRequest) -> HttpResponse:
    asked = request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()
    found = find_all(request.user, asked)
    context = {"asked": asked, "found": found, "too_short": len(folded(asked)) < SHORTEST}
    return render(request, "desk/search.html", context)
