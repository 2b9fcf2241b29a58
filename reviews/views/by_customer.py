"""The customer's five questions, by a signed link and without an account (docs/promises.md, rule 7)."""

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
from reviews.forms.feedback import CustomerForm
from reviews.pages.by_customer import Asked, NotAsked, asked_of


def say(request: HttpRequest, token: str) -> HttpResponse:
    """A page whose address is a secret: kept nowhere, told to no other site, refused in a sentence."""
    try:
        response = answered(request, asked_of(token)) if request.method == "POST" else shown(request, asked_of(token))
    except NotAsked as refused:
        response = render(request, "reviews/say_refused.html", {"refused": refused}, status=refused.status)
    kept_secret(response)
    return response


def answered(request: Any, asked: Asked) -> HttpResponse:
    """The first answer counts, and uses the link up with it; whoever comes later reads what was said."""
    form = CustomerForm(request.POST)
    if not asked.is_answered and not form.is_valid():
        return shown(request, asked, form, HTTPStatus.BAD_REQUEST)
    try:
        if not asked.is_answered:
            take(asked, key_in(request), form.cleaned_data)
    except (Refused, LinkRefused):  # somebody was faster: what stands there now says what became of it
        asked = asked_of(asked.token)
        if not asked.is_answered:
            return shown(request, asked, form, HTTPStatus.CONFLICT)
    return redirect("reviews:say", asked.token)


def take(asked: Asked, key: str | None, said: dict[str, Any]) -> None:
    """The answer and the use of the link, both or neither."""
    with transaction.atomic():
        asked.link.use()
        perform(asked.of, "answer", by=User.objects.customer(), seen=asked.of.version, key=key, **said)


def shown(request: HttpRequest, asked: Asked, form: CustomerForm | None = None, status: int = 200) -> HttpResponse:
    context = {"asked": asked, "of": asked.of, "review": asked.of.request, "token": asked.token}
    if asked.is_answered:
        return render(request, "reviews/say_thanks.html", context)
    return render(request, "reviews/say.html", context | {"form": form or CustomerForm()}, status=status)
