"""The first page of everybody's day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import overseers

from ..glances import acts_for, glances_for
from ..lists import late_list
from ..today import my_absence, today
from ..watches import exceptions, listed


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
    """What went wrong: the kinds with their counts, and the rows that no other page lists."""
    return render(request, "desk/exceptions_page.html", {"exceptions": exceptions(request.user), "listed": listed()})


def late_page(request: SignedRequest) -> HttpResponse:
    """What is late, whoever holds it."""
    return render(request, "desk/late.html", {"list": late_list(request)})
