"""Somebody's own calendar: the address is made and withdrawn on their settings, and read by their calendar program."""

from __future__ import annotations

from hashlib import sha256

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import once

from .. import feed
from ..models import CalendarAddress


@once
def renew_address(request: SignedRequest) -> HttpResponse:
    """A new address; the old one is dead. It is said once, in the answer to this click."""
    url = feed.renew(request.user, by=request.user)
    words = _("This is the address of your calendar. Copy it into your calendar program now; it is not shown again.")
    copy = _("Copy the address")
    button = '<button class="button" data-size="small" type="button" data-copy="address-made">{}</button>'
    said = format_html('{}<br><code class="code" id="address-made">{}</code> ', words, url)
    messages.success(request, said + format_html(button, copy))
    return redirect("desk:me")


@once
def withdraw_address(request: SignedRequest) -> HttpResponse:
    """Whoever reads it finds nothing there any more."""
    if feed.withdraw(request.user, by=request.user):
        messages.success(request, _("The address of your calendar is withdrawn: nothing is found there any more."))
    else:
        messages.info(request, _("There is no address to withdraw."))
    return redirect("desk:me")


def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar of whoever was given this token. Programs ask again and again: where nothing has changed they get 304."""
    reader = CalendarAddress.reader(token)
    if reader is None:
        raise Http404(_("There is no calendar at this address. Make a new address on “My settings”."))
    body = feed.calendar_of(reader).encode()
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    answer: HttpResponseBase
    if etag in [one.removeprefix("W/") for one in known]:
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="reviews.ics"'
    answer["ETag"], answer["Cache-Control"], answer["X-Robots-Tag"] = etag, "private, no-store", "noindex"
    return answer
