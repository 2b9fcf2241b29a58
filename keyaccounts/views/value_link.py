"""What a customer is told, by a signed link and without an account: looking is harmless, confirming happens once (rule 7, M16)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from acr_program.links.errors import LinkRefused
from acr_program.links.pages import kept_secret
from acr_program.people.models import User
from acr_program.workflow.clicks import key_in
from acr_program.workflow.errors import Refused
from acr_program.workflow.perform import perform

from ..forms.statements import CustomerForm
from ..pages.statements import Expected, NotOpen, expected_of


def expected(request: HttpRequest, token: str) -> HttpResponse:
    """A page whose address is a secret: kept nowhere, told to no other site, refused in a sentence."""
    try:
        found = expected_of(token)
        response = confirmed(request, found) if request.method == "POST" else shown(request, found)
    except NotOpen as refused:
        response = render(request, "keyaccounts/value_closed.html", {"refused": refused}, status=refused.status)
    kept_secret(response)
    return response


def confirmed(request: Any, found: Expected) -> HttpResponse:
    """The first confirmation counts, and uses the link up with it; whoever comes later reads who confirmed it."""
    form = CustomerForm(request.POST)
    if not found.is_confirmed and not form.is_valid():
        return shown(request, found, form, HTTPStatus.BAD_REQUEST)
    try:
        if not found.is_confirmed:
            take(found, key_in(request), form.cleaned_data)
    except (Refused, LinkRefused):  # somebody was faster: what stands there now says what became of it
        found = expected_of(found.token)
        if not found.is_confirmed:
            return shown(request, found, form, HTTPStatus.CONFLICT)
    return redirect("keyaccounts:expected", found.token)


def take(found: Expected, key: str | None, said: dict[str, Any]) -> None:
    """The confirmation and the use of the link, both or neither."""
    with transaction.atomic():
        found.link.use()
        perform(found.of, "confirm", by=User.objects.customer(), seen=found.of.version, key=key, **said)


def shown(request: HttpRequest, found: Expected, form: CustomerForm | None = None, status: int = 200) -> HttpResponse:
    context = {"expected": found, "of": found.of, "told": found.told, "token": found.token}
    return render(request, "keyaccounts/value_expected.html", context | {"form": form or CustomerForm()}, status=status)
