"""Waves: the list, one of them, its sizing, what it tests, what its pilots say, and its report."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.charter.models import Function
from acr_program.exports.actions import too_many
from acr_program.people.models import User
from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_managers
from acr_program.ui.parts import Crumb
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import Undone, key_in, once
from acr_program.workflow.edit import edit
from acr_program.workflow.views import seen_in

from .. import lists
from ..actions.waves import begin_wave, check_sizing, test_aspects
from ..forms.waves import SIZING, SizingForm, TestedForm, WaveForm
from ..models import PilotWave
from ..navigation import SEES_WAVES
from ..pages.feedback_page import FeedbackPage
from ..pages.wave_page import WavePage
from ..reporting import ask_report
from .asking import keep, typed


def wave_list(request: SignedRequest) -> HttpResponse:
    """The waves, and who contributes: without them the program does not go further (P-23)."""
    context: dict[str, Any] = {"page": lists.wave_list(request), "may_plan": program_managers(request.user)}
    context["functions"] = list(Function.objects.select_related("contributor"))
    return render(request, "pilots/waves.html", context)


@once
def new_wave(request: SignedRequest) -> HttpResponse:
    act = partial(begin_wave, by=request.user)
    to = reverse("pilots:waves")
    return keep(
        request, WaveForm(typed(request)), _("Plan a wave"), to, act, _("The wave is begun: answer its questions.")
    )


def wave_page(request: SignedRequest, wave: PilotWave) -> HttpResponse:
    with reading():
        context = {"page": WavePage(wave, request.user), "of": wave, "way": way_to(request.user)}
        return render(request, "pilots/wave.html", context)


def way_to(user: User, *of: PilotWave) -> list[Crumb]:
    """The way back, led to by those alone who see waves."""
    sees = user.has(*SEES_WAVES)
    crumbs = [(_("Pilots"), reverse("pilots:waves")), *((wave.name, wave.get_absolute_url()) for wave in of)]
    return [Crumb(label, url if sees else "") for label, url in crumbs]


@once
def size(request: SignedRequest, wave: PilotWave) -> HttpResponse:
    """The three questions, through the second door."""
    form = SizingForm(typed(request), wave=wave, initial={name: getattr(wave, name) for name in SIZING})

    def act(**answers: Any) -> PilotWave:
        check_sizing(wave)
        return edit(wave, seen=seen_in(request), by=request.user, key=key_in(request), **answers)

    return keep(request, form, _("How many pilots it needs"), wave, act, _("The answers are kept."), of=wave)


@once
def choose_tested(request: SignedRequest, wave: PilotWave) -> HttpResponse:
    form = TestedForm(typed(request), wave=wave)

    def act(**_answers: Any) -> PilotWave:
        return test_aspects(wave, by=request.user, seen=seen_in(request), tested=form.tested)

    return keep(request, form, _("What the wave tests"), wave, act, _("It is settled what is tested."), of=wave)


def feedback(request: SignedRequest, wave: PilotWave) -> HttpResponse:
    """What the pilots say of each step and tool, what it did for customers, and who has not answered (P-02, P-03)."""
    with reading():
        context = {"page": FeedbackPage(wave, request.user), "of": wave, "way": way_to(request.user, wave)}
        return render(request, "pilots/feedback.html", context)


@once
def report(request: SignedRequest, wave: PilotWave) -> HttpResponse:
    """The report for the sponsors, written by a worker; it lies ready among one's messages."""
    if wave.launched_on is None:
        messages.warning(request, _("There is nothing to report before the launch."))
        return Undone(wave.get_absolute_url())
    if refusal := too_many(request.user):
        return render(request, "429.html", {"exception": refusal}, status=HTTPStatus.TOO_MANY_REQUESTS)
    ask_report(wave, request.user)
    messages.info(request, _("It is being written. It will lie ready under “My messages” in a minute."))
    return redirect("desk:messages")
