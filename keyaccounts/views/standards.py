"""The requirements: versions, one of them, and the manager's changes to a draft (K-05)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_managers
from acr_program.ui.parts import Crumb
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import Undone, once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in
from reviews.pages.one import OnePage

from .. import lists_incubation as lists
from ..actions import standards as acts
from ..forms.standards import MeasureForm
from ..models import Standard
from .incubation_asking import keep, typed


def standard_list(request: SignedRequest) -> HttpResponse:
    """Every version that this person sees; the one in force first to be looked at."""
    page = lists.standard_list(request)
    return render(
        request, "keyaccounts/incubation_standards.html", {"page": page, "may_write": program_managers(request.user)}
    )


def standard_page(request: SignedRequest, of: Standard) -> HttpResponse:
    with reading():
        context: dict[str, Any] = {"page": OnePage(of, request.user), "of": of, "measures": list(of.measures.all())}
        context["way"] = [Crumb(_("Requirements"), reverse("keyaccounts:standards"))]
        context["may_write"] = of.is_draft and program_managers(request.user)
        return render(request, "keyaccounts/incubation_standard.html", context)


@once
def begin(request: SignedRequest) -> HttpResponse:
    """The next version, as a draft."""
    try:
        draft = acts.begin_draft(by=request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(reverse("keyaccounts:standards"))
    messages.success(request, _("The draft is begun: change its measures, then put it in force."))
    return redirect(draft)


@once
def add(request: SignedRequest, of: Standard) -> HttpResponse:
    act = partial(acts.add_measure, of, by=request.user, seen=seen_in(request))
    done = _("The measure is added to the draft.")
    return keep(request, MeasureForm(typed(request)), _("Add a measure"), of, act, done, of=of)


@once
def change(request: SignedRequest, of: Standard, measure: int) -> HttpResponse:
    row = get_object_or_404(of.measures, pk=measure)
    act = partial(acts.change_measure, row, by=request.user, seen=seen_in(request))
    form = MeasureForm(typed(request), measure=row)
    return keep(request, form, row.title, of, act, _("The measure is changed in the draft."), of=of)


@once
def remove(request: SignedRequest, of: Standard, measure: int) -> HttpResponse:
    row = get_object_or_404(of.measures, pk=measure)
    try:
        acts.remove_measure(row, by=request.user, seen=seen_in(request))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(of.get_absolute_url())
    messages.success(request, _("“%(measure)s” is no part of the draft any more.") % {"measure": row})
    return redirect(of)
