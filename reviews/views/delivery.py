"""The customer's page, by a signed link and without an account: one document to read, and to say that it came."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from acr_program.files.errors import Corrupt
from acr_program.files.serve import serve
from acr_program.links.pages import kept_secret
from reviews.actions.delivering import received
from reviews.forms.received import ReceivedForm
from reviews.pages.delivery_page import NotOpen, delivery_of
from reviews.pages.document_page import download_name

View = Callable[[HttpRequest, str], HttpResponse]


def by_link(view: View) -> View:
    """A page whose address is a secret: kept nowhere, told to nobody, refused in a sentence (docs/promises.md, rule 7)."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = view(request, token)
        except NotOpen as refused:
            status = HTTPStatus.GONE if refused.known else HTTPStatus.NOT_FOUND
            response = render(request, "reviews/delivery_refused.html", {"refused": refused}, status=status)
        kept_secret(response)
        return response

    return guarded


@by_link
def delivered(request: HttpRequest, token: str) -> HttpResponse:
    return shown(request, token)


@by_link
def have_it(request: HttpRequest, token: str) -> HttpResponse:
    """The customer says that the document is in their hands, with the name of whoever says so; said again it is known."""
    form = ReceivedForm(request.POST)
    delivery = delivery_of(token)
    if not form.is_valid():
        return shown(request, token, form, HTTPStatus.BAD_REQUEST)
    received(delivery.document, form.cleaned_data["name"])
    return redirect("reviews:delivered", token)


def shown(
    request: HttpRequest, token: str, form: ReceivedForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    delivery = delivery_of(token)
    form = form or ReceivedForm()
    context = {"delivery": delivery, "document": delivery.document, "review": delivery.document.request, "token": token}
    return render(request, "reviews/delivery.html", context | {"form": form}, status=status)


@by_link
def delivered_file(request: HttpRequest, token: str) -> HttpResponse:
    """The sealed screen edition, and no other file."""
    delivery = delivery_of(token)
    try:
        return serve(delivery.file, download_name(delivery.document, delivery.file.name))
    except Corrupt:  # the sentence names our store, which is no matter of a customer's
        return render(request, "reviews/delivery_refused.html", {"corrupt": True}, status=HTTPStatus.CONFLICT)
