"""The printer's own page, by a signed link, and the door for events of printer and carrier: outside, and without an account."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from acr_program.files.errors import Corrupt
from acr_program.files.serve import serve
from acr_program.links.errors import LinkRefused
from acr_program.links.pages import kept_secret
from acr_program.outbox.signing import SIGNATURE, STAMP, is_signed
from acr_program.people.models import User
from acr_program.workflow.clicks import key_in
from acr_program.workflow.errors import Refused
from acr_program.workflow.perform import perform
from acr_program.workflow.views import seen_in
from reviews.actions import print_events
from reviews.forms.printer import FORMS, EventForm
from reviews.pages.printer_page import PrinterPage, order_of

View = Callable[..., HttpResponse]
LONGEST = 16 * 1024  # bytes of one event


def for_the_printer(view: View) -> View:
    """A page whose address is a secret; a link that leads nowhere says why."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, PrinterPage(order_of(token), token), **kwargs)
        except LinkRefused as refused:
            known = refused.reason != "unknown"
            status = HTTPStatus.GONE if known else HTTPStatus.NOT_FOUND
            response = render(request, "reviews/printer_closed.html", {"known": known}, status=status)
        kept_secret(response)
        return response

    return guarded


@for_the_printer
def printer(request: HttpRequest, page: PrinterPage) -> HttpResponse:
    """The order, its ticket and its file; looking changes nothing, however often, whoever looks."""
    return shown(request, page)


@for_the_printer
def printer_file(request: HttpRequest, page: PrinterPage) -> HttpResponse:
    """The sealed print edition, and no other file."""
    try:
        return serve(page.of.file, f"{page.of.name}.pdf")
    except Corrupt:
        return shown(
            request, page, _("The file cannot be handed out just now: it is not the one that was approved."), 409
        )


@for_the_printer
def printer_step(request: Any, page: PrinterPage, name: str) -> HttpResponse:
    """Printed, shipped, or what is in the way: 400 what was typed does not do, 409 stale or closed."""
    if name not in FORMS:
        raise Http404(_("There is no such step."))
    form = FORMS[name](request.POST, obj=page.of, user=User.objects.printer())
    if not form.is_valid():
        page.given[name] = form
        return shown(request, page, status=HTTPStatus.BAD_REQUEST)
    try:
        by = User.objects.printer()
        perform(page.of, name, by=by, seen=seen_in(request), key=key_in(request), **form.cleaned_data)
    except Refused as refused:
        return shown(request, PrinterPage(order_of(page.token), page.token), refused.sentence, HTTPStatus.CONFLICT)
    return redirect("reviews:printer", page.token)


def shown(request: HttpRequest, page: PrinterPage, refusal: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"page": page, "of": page.of, "review": page.of.request, "token": page.token, "refusal": refusal}
    return render(request, "reviews/printer.html", context, status=status)


@csrf_exempt  # no browser and no session: the signature over moment and body is the right
def print_events_door(request: HttpRequest) -> JsonResponse:
    """One event: 401 not signed, 400 not to be read, 404 of nothing known, 409 not now, 200 taken or known; with a sentence."""
    secret = settings.ACR_PRINT_EVENTS_SECRET
    if not secret:
        raise Http404(_("No events are taken here: no secret is set that they could be signed with."))
    try:
        body = request.body if int(request.headers.get("Content-Length") or 0) <= LONGEST else b""
    except (RequestDataTooBig, ValueError):
        body = b""
    if not is_signed(secret, body, request.headers.get(STAMP, ""), request.headers.get(SIGNATURE, "")):
        return said(HTTPStatus.UNAUTHORIZED, _("This word is not signed, or it was signed too long ago."))
    form = EventForm(read(body))
    if not form.is_valid():
        fields = ", ".join(sorted(form.errors))
        return said(HTTPStatus.BAD_REQUEST, _("The event cannot be read: look at %(fields)s.") % {"fields": fields})
    answer = print_events.take(print_events.Word(**form.cleaned_data))
    return said(answer.status, answer.sentence)


def read(body: bytes) -> dict[str, Any]:
    """The fields of the event; whatever is no JSON object has none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return {"event_id": found.get("id"), "kind": found.get("event"), **found} if isinstance(found, dict) else {}


def said(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=status)
