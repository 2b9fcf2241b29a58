"""The first page of everybody's day."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import overseers

from ..glances import acts_for, glances_for
from ..lists import late_list
from ..overriding import by_hand
from ..today import my_absence, today
from ..watches import EACH, exceptions, listed, watched


def today_page(request: SignedRequest) -> HttpResponse:
    user = request.user
    context = {
        "today": today(user),
        "absence": my_absence(user),
        "exceptions": exceptions(user) if overseers(user) else None,
        "glances": glances_for(user),
        "acts": acts_for(user),
    }
    return render(request, "desk/today.html", context)


def exceptions_page(request: SignedRequest) -> HttpResponse:
    """What did not go by itself (R-20): every kind in one list, each row with what to do; narrowed by kind and words."""
    chosen = watched(request.GET.get("kind", ""), request.user)
    kind, search = chosen.key if chosen else "", request.GET.get("q", "").strip()[:80]
    found = exceptions(request.user, kind)
    more = [view for view in found.kinds if not kind and view.url and cut_off(view.count)]
    context = {
        "exceptions": found, "more": more, "kinds": [view for view in found.kinds if view.count or view.current],
        "listed": listed(request.user, kind, search), "chosen": chosen,
        "search": search, "automatic": by_hand(),
    }  # fmt: skip
    return render(request, "desk/exceptions_page.html", context)


def cut_off(count: Any) -> bool:
    """Whether more of a kind wait than stand in the list of all kinds; a count in words is a large one."""
    return bool(count) and (not isinstance(count, int) or count > EACH)


def late_page(request: SignedRequest) -> HttpResponse:
    """What is late, whoever holds it."""
    return render(request, "desk/late.html", {"list": late_list(request)})
