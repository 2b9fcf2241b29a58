"""A version of the document, and its files: only bytes that a manifest names, after proof (docs/promises.md, rule 6)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render

from acr_program.files.errors import Corrupt
from acr_program.files.serve import serve
from acr_program.people.requests import SignedRequest
from reviews.models import Document
from reviews.pages.document_page import DocumentPage, NothingToOpen, download_name, file_of


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


def no_file(request: SignedRequest, document: Document, sentence: str, status: int) -> HttpResponse:
    context = {"of": document, "sentence": sentence, "corrupt": status == HTTPStatus.CONFLICT}
    return render(request, "reviews/document_no_file.html", context, status=status)
