"""The page for whoever keeps the program running: what works, what waits, what was given up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Min, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.jobs.kinds import kinds
from acr_program.jobs.models import Duty, Job, State
from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_office
from acr_program.workflow.clicks import Undone, once

from .health import signs

SHOWN = 20
NAMES = {
    "database": gettext_lazy("Database"), "disk": gettext_lazy("Disk"), "broker": gettext_lazy("Broker"),
    "mail": gettext_lazy("Mail server"), "jobs": gettext_lazy("Work that is due"), "clock": gettext_lazy("Clock"),
    "worker": gettext_lazy("Worker"), "render": gettext_lazy("Rendering"), "fonts": gettext_lazy("Type for documents"),
    "network": gettext_lazy("Rendering without network"),
}  # fmt: skip


@dataclass(frozen=True)
class Work:
    """One kind of work: how much waits, is being done, was given up; since when the oldest is due."""

    name: str
    waiting: int
    running: int
    failed: int
    oldest: Any


@dataclass(frozen=True)
class Given:
    """One piece of work that was given up, and where it is tried again."""

    kind: str
    title: str
    error: str
    at: Any
    label: str
    pk: Any


def health_page(request: SignedRequest) -> HttpResponse:
    """What works, in sentences; then the work by kind."""
    works = [(kind, work_of(kind)) for kind in kinds()]
    found = signs()
    context = {
        "signs": [(NAMES.get(sign.name, sign.name), sign) for sign in found],
        "says": any(sign.sentence for sign in found),
        "work": [work for _kind, work in works],
        "given_up": [given for kind, work in works if work.failed for given in given_up(kind)],
        "duties": Duty.objects.exclude(name__contains=".").order_by("name"),
        "may_retry": program_office(request.user),
        "now": now(),
    }
    return render(request, "desk/health.html", context)


def work_of(kind: type[Job]) -> Work:
    """One query a kind."""
    found = kind._default_manager.aggregate(
        waiting=Count("pk", filter=Q(state=State.QUEUED)),
        running=Count("pk", filter=Q(state=State.RUNNING)),
        failed=Count("pk", filter=Q(state=State.FAILED)),
        oldest=Min("due_at", filter=Q(state=State.QUEUED)),
    )
    return Work(str(kind._meta.verbose_name).capitalize(), **found)


def given_up(kind: type[Job]) -> list[Given]:
    rows = kind._default_manager.filter(state=State.FAILED).order_by("-done_at", "-pk")[:SHOWN]
    name = str(kind._meta.verbose_name).capitalize()
    return [Given(name, str(row), row.error, row.done_at, kind._meta.label_lower, row.pk) for row in rows]


@once
def retry(request: SignedRequest, label: str, key: str) -> HttpResponse:
    """Try one piece of work again, because somebody has mended the cause."""
    kind = next(iter(kinds([label])), None)
    try:
        row = kind._default_manager.filter(pk=key).first() if kind else None
    except (ValueError, TypeError, ValidationError):
        row = None
    if row is None:
        raise Http404(_("There is no such work."))
    if not row.retry():
        messages.info(request, _("It is not given up, so there is nothing to try again."))
        return Undone(resolve_url("health"))
    messages.success(request, _("It is being tried again. Look at this page in a moment."))
    return redirect("health")
