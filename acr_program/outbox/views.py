"""Mails as they were written: for their recipient, and for the office that has to see them out (P18)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from acr_program.jobs.models import State
from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_office

from .choices import WAITING, Course
from .lists import outgoing_list
from .models import Message
from .tables import state_of, when_of

# The page of a mail brings its own style and nothing else; it runs no script, sends no form and leads nowhere.
SHUT: dict[str, Any] = {
    "default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "sandbox": True, "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE], "frame-ancestors": [CSP.SELF],
}  # fmt: skip
WITH_FRAME: dict[str, Any] = settings.SECURE_CSP | {"frame-src": [CSP.SELF]}


def outgoing(request: SignedRequest) -> HttpResponse:
    return render(request, "outbox/list.html", {"list": outgoing_list(request)})


@csp_override(WITH_FRAME)
def message_page(request: SignedRequest, message: Message) -> HttpResponse:
    """One mail: how it stands, its text, its page in a frame that can do nothing."""
    is_office = program_office(request.user)
    context = {
        "message": message,
        "is_office": is_office,
        "state": state_of(message),
        "failed": message.state == State.FAILED,
        "when": when_of(message) if message.waits else "",
        "rulings": message.rulings.select_related("by") if is_office else (),
        "kept_back": message.course in WAITING,
        "held": message.course == Course.HELD,
    }
    return render(request, "outbox/message.html", context)


@csp_override(SHUT)
@xframe_options_sameorigin
def message_body(request: SignedRequest, message: Message) -> HttpResponse:
    """The page of the mail alone, as mail programs show it; secret links in it are marks."""
    return HttpResponse(message.html, content_type="text/html; charset=utf-8")


def retry(request: SignedRequest, message: Message) -> HttpResponse:
    """Send a failed one again, because somebody has mended the cause."""
    if message.retry():
        messages.success(request, _("It is being sent again. Look at this page in a moment."))
    else:
        messages.info(request, _("This mail has not failed, so there is nothing to send again."))
    return redirect("outbox:message", pk=message.pk)
