"""What was mailed to me."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from acr_program.people.requests import SignedRequest

from ..handed import handed_to
from ..lists import message_list


def my_messages(request: SignedRequest) -> HttpResponse:
    """Every mail to me, and the files that were made for me."""
    context = {"list": message_list(request), "handed": handed_to(request.user)}
    return render(request, "desk/messages.html", context)
