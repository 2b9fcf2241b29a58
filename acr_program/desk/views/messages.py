"""What was mailed to me."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from acr_program.outbox.choices import Course
from acr_program.people.requests import SignedRequest

from ..handed import handed_to
from ..lists import message_list


def my_messages(request: SignedRequest) -> HttpResponse:
    """Every mail to me, and the files that were made for me."""
    listed = message_list(request)
    waits = any(mail.course == Course.DIGEST for mail in listed.objects)  # the newest stand here, and those are they
    context = {"list": listed, "handed": handed_to(request.user), "waits": waits}
    return render(request, "desk/messages.html", context)
