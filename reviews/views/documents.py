"""A version of the document, and its files: only bytes that a manifest names, after proof (docs/promises.md, rule 6)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from acr_program.files.errors import Corrupt
from acr_program.files.serve import serve
from acr_program.people.requests import SignedRequest
from acr_program.ui.parts import Crumb
from reviews.models import Document
from reviews.pages.document_page import DocumentPage, NothingToOpen, check_readable, download_name, file_of
from reviews.pages.last_year import LastYear
from reviews.pages.provenance_page import provenance_of
from reviews.pages.receipt import receipt_of

from .requests import way_to


def document_page(request: SignedRequest, document: Document) -> HttpResponse:
    page = DocumentPage(document, request.user)
    return render(request, "reviews/document.html", {"page": page, "of": document, "review": document.request})


def download(request: SignedRequest, document: Document, name: str) -> HttpResponse:
    """The file as a download; in its place a sentence where there is none, or where its bytes are others."""
    try:
        return serve(file_of(document, request.user, name), download_name(document, name))
    except NothingToOpen as nothing:
        return no_file(request, document, nothing.sentence, HTTPStatus.NOT_FOUND)
    except Corrupt as corrupt:
        return no_file(request, document, corrupt.sentence, HTTPStatus.CONFLICT)


def last_year(request: SignedRequest, document: Document) -> HttpResponse:
    """What is new, gone and changed since the account's last delivered review, for whoever may read this version (M3)."""
    try:
        check_readable(document, request.user)
    except NothingToOpen as nothing:
        return no_file(request, document, nothing.sentence, HTTPStatus.NOT_FOUND)
    review = document.request
    version = Crumb(_("version %(n)d") % {"n": document.number}, document.get_absolute_url())
    context = {"page": LastYear(document), "of": document, "review": review, "way": [*way_to(review), version]}
    return render(request, "reviews/last_year.html", context)


def provenance(request: SignedRequest, document: Document) -> HttpResponse:
    """Whose every paragraph and figure of this version is, to whoever may open its file (M2)."""
    try:
        page = provenance_of(document, request.user)
    except NothingToOpen as nothing:
        return no_file(request, document, nothing.sentence, HTTPStatus.NOT_FOUND)
    except Corrupt as corrupt:
        return no_file(request, document, corrupt.sentence, HTTPStatus.CONFLICT)
    return render(request, "reviews/provenance.html", {"page": page, "of": document})


def receipt(request: SignedRequest, document: Document) -> HttpResponse:
    """Who approved which bytes, as JSON to keep beside the files; `bin/check-receipt` proves it offline (M6)."""
    try:
        told = receipt_of(document)
    except NothingToOpen as nothing:
        return no_file(request, document, nothing.sentence, HTTPStatus.NOT_FOUND)
    except Corrupt as corrupt:
        return no_file(request, document, corrupt.sentence, HTTPStatus.CONFLICT)
    name = download_name(document, "receipt.json")
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return JsonResponse(told, headers=headers, json_dumps_params={"indent": 2, "ensure_ascii": False})


def no_file(request: SignedRequest, document: Document, sentence: str, status: int) -> HttpResponse:
    context = {"of": document, "sentence": sentence, "corrupt": status == HTTPStatus.CONFLICT}
    return render(request, "reviews/document_no_file.html", context, status=status)
