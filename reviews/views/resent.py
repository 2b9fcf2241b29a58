"""A request form that is sent again from an old page, and one that is refused: nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from acr_program.desk.models import Draft
from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import key_in
from acr_program.workflow.log import LogEntry
from reviews.actions.drafting import form_name
from reviews.forms.request import KEPT
from reviews.models import ReviewRequest

TYPED = ("account", *KEPT)
LONGEST = 4000  # characters kept of one answer while it is typed

View = Callable[..., HttpResponse]


def nothing_lost(view: View) -> View:
    """Around a view of the request form: says which request it has become, and keeps what was refused."""

    @wraps(view)
    def sent(request: SignedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not args and not kwargs and (made := became(request)):
            words = _("You have already requested this: {request}.")
            link = format_html('<a href="{}">R{}</a>', made.get_absolute_url(), made.pk)
            messages.info(request, format_html(words, request=link))
            return redirect(made)
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == HTTPStatus.BAD_REQUEST:
            keep(request)
        return response

    return sent


def became(request: SignedRequest) -> ReviewRequest | None:
    """The request that this form was submitted as, known by the key of its click; another account is another request."""
    key, account = key_in(request), request.POST.get("account", "")
    if not key or not account.isdecimal():
        return None
    kind = ContentType.objects.get_for_model(ReviewRequest)
    taken = LogEntry.objects.filter(content_type=kind, by=request.user, key=key, step="submit")
    audience = request.POST.get("audience", "")
    return ReviewRequest.objects.filter(pk__in=taken.values("object_id"), account=account, audience=audience).first()


def keep(request: SignedRequest) -> None:
    """What is typed so far, as it is typed."""
    of = request.POST.get("draft_of", "")
    typed = {field: request.POST.get(field, "")[:LONGEST] for field in TYPED}
    Draft.objects.keep(request.user, form_name(of if of.isdecimal() else None), typed)
