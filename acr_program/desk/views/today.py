"""The first page of everybody's day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..glances import glances_for
from ..today import today, tone, when


def today_page(request: HttpRequest) -> HttpResponse:
    shown = today(request.user)
    first = shown.first
    context = {
        "today": shown,
        "first": first,
        "due": when(first) if first else "",
        "tone": tone(first) if first else "",
        "glances": glances_for(request.user),
    }
    return render(request, "desk/today.html", context)
