"""The company's criteria: those in force, their versions, and the manager's changes to them (P-05)."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_managers
from acr_program.workflow.clicks import once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in

from ..actions import criteria as acts
from ..forms.criteria import CriterionForm
from ..models import CriteriaVersion, Criterion
from .asking import keep, typed
from .waves import way_to

SHOWN = 20


def criteria_page(request: SignedRequest) -> HttpResponse:
    """The criteria of the newest version, or of the one that is asked for."""
    versions = list(CriteriaVersion.objects.select_related("by")[:SHOWN])
    asked = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == asked), versions[0] if versions else None)
    newest = versions[0] if versions else None
    context = {
        "versions": versions, "shown": shown, "newest": newest, "parts": parts_of(shown), "way": way_to(request.user),
        "may_write": program_managers(request.user) and shown == newest,
    }  # fmt: skip
    return render(request, "pilots/criteria.html", context)


def parts_of(version: CriteriaVersion | None) -> list[tuple[str, list[Criterion]]]:
    """The criteria under their headings, in their order."""
    rows = list(version.criteria) if version else []
    return [(part, list(of)) for part, of in groupby(rows, lambda row: row.part_of)]


def page() -> str:
    return reverse("pilots:criteria")


def newest_number() -> int:
    newest = acts.newest()
    return newest.number if newest else 0


@once
def begin(request: SignedRequest) -> HttpResponse:
    return done(request, partial(acts.begin_standard, by=request.user), _("The standard criteria are there."))


@once
def add(request: SignedRequest) -> HttpResponse:
    act = partial(acts.add, by=request.user, seen=seen_in(request) or 0)
    done_ = _("The criterion is added; waves that select already are judged without it until you say otherwise.")
    return keep(request, CriterionForm(typed(request)), _("Add a criterion"), page(), act, done_, seen=newest_number())


@once
def reword(request: SignedRequest, criterion: int) -> HttpResponse:
    known = get_object_or_404(Criterion, pk=criterion, last=None)
    act = partial(acts.reword, known, by=request.user, seen=seen_in(request) or 0)
    form = CriterionForm(typed(request), criterion=known)
    done_ = _("It is worded anew; what was judged by the old words stays as it is.")
    return keep(request, form, known.title, page(), act, done_, seen=newest_number(), retire=known)


@once
def retire(request: SignedRequest, criterion: int) -> HttpResponse:
    known = get_object_or_404(Criterion, pk=criterion)
    act = partial(acts.retire, known, by=request.user, seen=seen_in(request) or 0)
    return done(request, act, _("It is asked no more; what was judged by it stays."))


def done(request: SignedRequest, act: Any, sentence: str) -> HttpResponse:
    """Act and say so; why not otherwise, on the page of the criteria."""
    try:
        act()
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, sentence)
    return redirect(page())
