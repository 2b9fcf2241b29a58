"""What people tell of an account: facts, pinned notes, figures that no order tells."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import Undone, once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in

from .. import actions
from ..choices import FigureKind
from ..forms import EndFactForm, FactForm, FigureForm, NoteForm
from ..models import Account
from ..quarters import quarter_of
from .asking import keep


@once
def say_fact(request: SignedRequest, account: Account) -> HttpResponse:
    actions.check_keeper(account, request.user)
    form = FactForm(request.POST or None, initial={"since_on": localdate()})
    act = partial(actions.say_fact, account, by=request.user, seen=seen_in(request))
    return keep(request, account, form, _("Say what holds"), act, _("Kept: it holds until somebody ends it."))


@once
def end_fact(request: SignedRequest, account: Account, fact: int) -> HttpResponse:
    actions.check_keeper(account, request.user)
    known = get_object_or_404(account.facts, pk=fact)
    form = EndFactForm(request.POST or None, initial={"ended_on": localdate()})
    act = partial(actions.end_fact, known, by=request.user, seen=seen_in(request))
    title = _("End: %(fact)s") % {"fact": known}
    return keep(request, account, form, title, act, _("Kept: it holds no longer."))


@once
def pin_note(request: SignedRequest, account: Account) -> HttpResponse:
    actions.check_keeper(account, request.user)
    act = partial(actions.pin, account, by=request.user, seen=seen_in(request))
    return keep(request, account, NoteForm(request.POST or None), _("Pin a note"), act, _("The note is pinned."))


@once
def take_down(request: SignedRequest, account: Account, note: int) -> HttpResponse:
    try:
        actions.take_down(get_object_or_404(account.notes, pk=note), by=request.user, seen=seen_in(request))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(account.get_absolute_url())
    messages.success(request, _("The note is taken down."))
    return redirect(account)


@once
def enter_figure(request: SignedRequest, account: Account) -> HttpResponse:
    """A figure, or the correction of the one that the address names."""
    actions.check_keeper(account, request.user)
    kind, quarter = request.GET.get("kind", ""), asked_quarter(request)
    form = FigureForm(request.POST or None, quarter=quarter, initial=standing(account, kind, quarter))
    act = partial(actions.enter_figure, account, by=request.user, seen=seen_in(request))
    return keep(
        request, account, form, _("Enter a figure"), act, _("The figure is kept; what stood before stays on file.")
    )


def asked_quarter(request: SignedRequest) -> date | None:
    try:
        asked = parse_date(request.GET.get("quarter", ""))
    except ValueError:  # a day that no calendar has
        asked = None
    return quarter_of(asked) if asked else None


def standing(account: Account, kind: str, quarter: date | None) -> dict[str, Any]:
    """What is to be corrected; where nothing stands, the day alone."""
    if quarter is None or kind not in FigureKind.values:
        return {"as_of": localdate()}
    begins = {"as_of": localdate(), "kind": kind, "quarter_begins_on": quarter}
    found = account.figures.filter(kind=kind, quarter_begins_on=quarter, replaced_at=None).first()
    return begins | ({"value": found.value.normalize(), "source": found.source} if found else {})
