"""What the programme is called, how it runs, and its tiers (K-04, K-17)."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.charter.models import Program
from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_managers
from acr_program.workflow.clicks import Undone, once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in

from ..actions import settings as acts
from ..forms.rounds import ProgrammeForm, TierForm
from ..models import Programme, Tier
from .asking import keep, typed


def settings_page(request: SignedRequest) -> HttpResponse:
    context = {
        "programme": Programme.objects.select_related("chair").first(),
        "tiers": list(Tier.objects.all()),
        "may_write": program_managers(request.user),
    }
    return render(request, "keyaccounts/rounds_settings.html", context)


@once
def edit_programme(request: SignedRequest) -> HttpResponse:
    program = get_object_or_404(Program)
    form = ProgrammeForm(typed(request), programme=Programme.objects.first() or Programme())
    act = partial(acts.keep_programme, by=request.user, seen=seen_in(request))
    return keep(request, form, _("How the programme runs"), way_back(), act, _("The settings are kept."), of=program)


@once
def edit_tier(request: SignedRequest, tier: int | None = None) -> HttpResponse:
    """A new tier, or another wording of one."""
    program = get_object_or_404(Program)
    row = get_object_or_404(Tier, pk=tier) if tier else Tier()
    title = _("Change the tier “%(name)s”") % {"name": row.name} if tier else _("Add a tier")
    act = partial(acts.keep_tier, row, by=request.user, seen=seen_in(request))
    form = TierForm(typed(request), tier=row)
    drop = reverse("keyaccounts:drop-tier", args=[tier]) if tier else ""
    return keep(request, form, title, way_back(), act, _("The tier is kept."), of=program, drop=drop)


@once
def drop_tier(request: SignedRequest, tier: int) -> HttpResponse:
    row = get_object_or_404(Tier, pk=tier)
    try:
        acts.drop_tier(row, by=request.user, seen=seen_in(request))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return Undone(way_back())
    messages.success(request, _("The tier is taken away."))
    return redirect(way_back())


def way_back() -> str:
    return reverse("keyaccounts:settings")
