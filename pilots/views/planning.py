"""The coverage plan of a wave, and what is changed in it by hand; the plan as a whole is taken by a step of the wave."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import Undone, key_in, once
from acr_program.workflow.errors import Refused
from acr_program.workflow.perform import perform
from acr_program.workflow.views import seen_in, tell_done
from acr_program.workflow.words import done_sentence

from ..models import PilotCandidate, PilotWave
from ..pages.plan_page import BY_HAND, PlanPage
from .waves import way_to

STEPS = {name for acts in BY_HAND.values() for name, _label in acts}


def plan_page(request: SignedRequest, wave: PilotWave) -> HttpResponse:
    with reading():
        sought, anew = request.GET.get("q", "").strip()[:100], "anew" in request.GET
        page = PlanPage(wave, request.user, anew=anew, sought=sought)
        return render(request, "pilots/plan.html", {"page": page, "of": wave, "way": way_to(request.user, wave)})


@once
def by_hand(request: SignedRequest, wave: PilotWave, candidate: int, name: str) -> HttpResponse:
    """Select one, hold it in reserve, or choose it anew, and look at the plan again."""
    back = reverse("pilots:plan", args=[wave.pk])
    if name not in STEPS:
        raise Http404(_("There is no such step."))
    row = get_object_or_404(PilotCandidate.objects.visible_to(request.user).filter(wave=wave), pk=candidate)
    try:
        row = perform(row, name, by=request.user, seen=seen_in(request), key=key_in(request))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(back)
    tell_done(request, row, done_sentence(row, name), seen_in(request))
    return redirect(back)
