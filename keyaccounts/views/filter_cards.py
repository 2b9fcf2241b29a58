"""Scorecards of the first filter: the list, one of them, what is judged on it, and the beginning of one (K-08)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.parts import Crumb
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import once
from acr_program.workflow.views import seen_in

from .. import filter_lists
from ..actions import filter_scores as acts
from ..filter_cards import Line, card_of, rule_said
from ..forms.filter import ScoreForm
from ..models import Membership, Scorecard
from ..pages.filter_card import ScorecardPage
from .filter_asking import do, keep, typed


def card_list(request: SignedRequest) -> HttpResponse:
    context = {
        "page": filter_lists.card_list(request),
        "way": [Crumb(_("First filter"), reverse("keyaccounts:filters"))],
    }
    return render(request, "keyaccounts/filter_cards.html", context)


def card_page(request: SignedRequest, card: Scorecard) -> HttpResponse:
    crumb = Crumb(str(card.membership), card.membership.get_absolute_url())
    with reading():
        context = {"page": ScorecardPage(card, request.user), "of": card, "way": [crumb]}
        return render(request, "keyaccounts/filter_card.html", context)


@once
def begin(request: SignedRequest, membership: Membership) -> HttpResponse:
    act = partial(acts.begin_card, membership, by=request.user)
    done = _("The scorecard is begun: what is on file stands there, and what is not has to be judged.")
    return do(request, act, done, membership.get_absolute_url())


@once
def judge(request: SignedRequest, card: Scorecard, criterion: int) -> HttpResponse:
    line = line_of(card, criterion)
    if request.method in ("GET", "HEAD") and (why := acts.answered(card, line)):
        messages.warning(request, why)
        return redirect(card)
    said: dict[str, Any] = {"score": line.score.score, "why": line.score.why} if line.score else {}
    form = ScoreForm(typed(request), initial=said)
    act = partial(acts.judge, card, line.criterion, by=request.user, seen=seen_in(request))
    more = {"note": line.criterion.guidance, "known": line.known, "rule": rule_said(line.criterion)}
    return keep(request, form, line.criterion.title, card, act, _("The score is kept, with its reason."), **more)


def line_of(card: Scorecard, criterion: int) -> Line:
    found = next((line for line in card_of(card).lines if line.criterion.pk == criterion), None)
    if found is None:
        raise Http404(_("There is nothing here that you can see."))
    return found
