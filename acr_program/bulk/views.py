"""From ticks in a list to a look at each row, to the run and its results."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.desk.opening import find_list, opened
from acr_program.people.requests import SignedRequest
from acr_program.ui.lists import ListPage
from acr_program.workflow.clicks import Undone, once
from acr_program.workflow.errors import Refused

from . import actions, undoing
from .choices import Outcome
from .models import Bulk
from .tables import ROWS


@once
def choose(request: SignedRequest, name: str) -> HttpResponse:
    """The rows ticked in a list, or all that it finds, looked at for one step."""
    page = opened(find_list(name), request)
    sent = request.POST
    try:
        bulk = actions.choose(
            page, sent.get("step", ""), sent.getlist("pick"), sent.get("all", ""), by=request.user
        )  # fmt: skip
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(f"{page.known.url_of(request.GET)}?{page.query}")
    return redirect(bulk)


def bulk_page(request: SignedRequest, bulk: Bulk) -> HttpResponse:
    """What will happen to each row; while it runs how far it is; then what became of each."""
    return shown(request, bulk, form_of(bulk, request))


def shown(request: SignedRequest, bulk: Bulk, form: Any, status: int = HTTPStatus.OK) -> HttpResponse:
    counts = dict(bulk.rows.order_by().values_list("outcome").annotate(Count("pk")))
    asked = request.GET.get("outcome", "")
    rows = bulk.rows.filter(outcome=asked) if asked in counts else bulk.rows.all()
    total, waiting = sum(counts.values()), counts.get(Outcome.OPEN, 0)
    context = {
        "bulk": bulk, "title": str(bulk), "list": ListPage(request, rows.select_related("bulk__content_type"), ROWS), "form": form,
        "total": total, "waiting": waiting, "ended": total - waiting, "asked": asked,
        "parts": [(name, Outcome(name).label, counts[name]) for name in Outcome.values if name in counts],
        "undo": undo_of(bulk, counts.get(Outcome.DONE, 0)), "undone_by": undoing.latest(bulk),
        "meaning": bulk.kind.meaning(bulk), "back": bulk.kind.back(bulk), "submit": submit_of(bulk, waiting),
    }  # fmt: skip
    return render(request, "bulk/bulk.html", context, status=status)


def submit_of(bulk: Bulk, number: int) -> str:
    """The button says what it does and to how many."""
    words = ngettext("%(act)s: %(n)d row", "%(act)s: %(n)d rows", number)
    return words % {"act": bulk, "n": number}


def undo_of(bulk: Bulk, number: int) -> str:
    """The button that takes it back, with how many rows; none where there is no way back."""
    if not (number and undoing.possible(bulk)):
        return ""
    return ngettext("Undo: %(n)d row", "Undo: %(n)d rows", number) % {"n": number}


def form_of(bulk: Bulk, request: SignedRequest, data: Any = None) -> Any:
    """What is asked once for all rows."""
    return None if bulk.confirmed_at or bulk.cancelled_at else bulk.kind.form(bulk, data, request.user)


@once
def confirm(request: SignedRequest, bulk: Bulk) -> HttpResponse:
    form = form_of(bulk, request, request.POST)
    if form and not form.is_valid():
        return shown(request, bulk, form, HTTPStatus.BAD_REQUEST)
    try:
        number = actions.confirm(bulk, **(form.cleaned_data if form else {}))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(bulk.get_absolute_url())
    words = ngettext("%(n)d row is worked on now.", "%(n)d rows are worked on now.", number) % {"n": number}
    messages.info(request, _("%(words)s You may leave; the results stay under “My messages”.") % {"words": words})
    return redirect(bulk)


@once
def cancel(request: SignedRequest, bulk: Bulk) -> HttpResponse:
    """Begin no more rows."""
    try:
        done = actions.cancel(bulk)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(bulk.get_absolute_url())
    words = ngettext(
        "Called off: %(n)d row was done already and stays so.",
        "Called off: %(n)d rows were done already and stay so.",
        done,
    )
    messages.success(request, words % {"n": done})
    return redirect(bulk)


@once
def undo(request: SignedRequest, bulk: Bulk) -> HttpResponse:
    """Look at each row that was done: what it goes back to, or why it stays."""
    try:
        return redirect(undoing.choose(bulk, by=request.user))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(bulk.get_absolute_url())
