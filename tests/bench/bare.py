"""The limits: what Django needs at least for a page of fifty rows, and for a locked change with its log row."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.timezone import now

from accounts.models import Account
from acr_program.workflow.log import ROOT_HASH, LogEntry


def page(request: HttpRequest) -> HttpResponse:
    """One indexed query, a table of 50 rows, the session read, the CSRF token in a form."""
    if SESSION_KEY not in request.session:
        return HttpResponse(status=403)
    return render(request, "bare.html", {"rows": Account.objects.order_by("name", "pk")[:50]})


def healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def locked_update(pk: int, kind: Any, by: Any, version: int) -> None:
    """Lock a row, write it, write one row of a log."""
    with transaction.atomic():
        row = Account.objects.select_for_update(no_key=True).get(pk=pk)
        Account.objects.filter(pk=row.pk).update(version=row.version, search=row.search)
        LogEntry.objects.create(
            content_type=kind,
            object_id=pk,
            version=version,
            step="bare",
            before=row.status,
            after=row.status,
            by=by,
            at=now(),
            account_id=pk,
            previous=ROOT_HASH,
            hash=uuid4().hex,
        )


urlpatterns = [path("", page), path("healthz", healthz)]
