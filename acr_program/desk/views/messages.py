"""What was mailed to me."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from acr_program.outbox.models import Message
from acr_program.outbox.tables import MINE
from acr_program.people.requests import SignedRequest
from acr_program.ui.lists import ListPage


def my_messages(request: SignedRequest) -> HttpResponse:
    """Every mail to me, newest first; the same words as in the mail."""
    rows = Message.objects.filter(person=request.user).defer("text", "html", "private")
    return render(request, "desk/messages.html", {"list": ListPage(request, rows, MINE)})
