"""A list as a file: at once where it is small or streamed, by a worker where it is a large sheet."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from acr_program.desk.opening import find_list, opened
from acr_program.files.serve import safe_name, serve_large
from acr_program.people.requests import SignedRequest
from acr_program.ui.lists import ListPage

from . import actions
from .lists import export_list
from .models import MIME, OF_LISTS, Export, Format
from .rows import stream_csv, xlsx


def start(request: SignedRequest, name: str) -> HttpResponseBase:
    """Everything that the list shows with these filters, in this order."""
    found = find_list(name)
    page = opened(found, request)
    kind = request.POST.get("as", "")
    if kind not in OF_LISTS:
        messages.warning(request, _("Say as what the list is to be written: CSV or XLSX."))
        return redirect(f"{found.url_of(request.GET)}?{page.query}")
    if refusal := actions.too_many(request.user):
        return render(request, "429.html", {"exception": refusal}, status=HTTPStatus.TOO_MANY_REQUESTS)
    if kind == Format.CSV:
        return streamed(actions.begin(page, request.user, kind), page)
    if actions.is_large(page):
        actions.ask_worker(page, request.user)
        messages.info(request, _("The file is being written. It will lie ready under “My messages” in a minute."))
        return redirect("desk:messages")
    return at_once(actions.begin(page, request.user, kind), page)


def streamed(export: Export, page: ListPage) -> StreamingHttpResponse:
    body = stream_csv(page, export.handed_out)
    return StreamingHttpResponse(body, content_type=MIME[Format.CSV], headers=headers(export))


def at_once(export: Export, page: ListPage) -> HttpResponse:
    data, number = xlsx(page)
    export.handed_out(number)
    return HttpResponse(data, content_type=MIME[Format.XLSX], headers=headers(export))


def headers(export: Export) -> dict[str, str]:
    """A download that can do nothing in our origin (rule 18)."""
    return {
        "Content-Disposition": content_disposition_header(True, safe_name(export.filename)) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }


def download(request: SignedRequest, export: Export) -> HttpResponseBase:
    """The finished file, for whoever asked for it."""
    if export.file is None:
        raise Http404(_("This file is not there: it is still being written, or its days are over. Export it again."))
    return serve_large(export.file, export.filename)


def log(request: SignedRequest) -> HttpResponse:
    """Who took what with them: for the office and the auditor."""
    return render(request, "exports/log.html", {"list": export_list(request)})
