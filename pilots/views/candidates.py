"""Candidates: the ranked list, one of them, and what the office says of it."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.absent import without_absent
from accounts.models import Account
from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_office
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import once
from acr_program.workflow.views import seen_in

from .. import actions, lists
from ..choices import OWN_STEP, WaveStatus
from ..forms.candidates import JudgeForm, ProposeForm, TestsForm, initial_of
from ..models import PilotCandidate, PilotWave
from ..pages.candidate_page import CandidatePage
from ..scorecard import Line, scorecard
from .asking import keep, typed
from .waves import way_to


def candidate_list(request: SignedRequest, wave: PilotWave) -> HttpResponse:
    may_propose = wave.status == WaveStatus.SELECTING and program_office(request.user)
    context = {
        "page": lists.candidate_list(request, wave),
        "of": wave,
        "way": way_to(request.user, wave),
        "may_propose": may_propose,
    }
    return render(request, "pilots/candidates.html", context)


@once
def propose(request: SignedRequest, wave: PilotWave) -> HttpResponse:
    """Customers that are not in the wave yet, by name, a page of them; what is looked for narrows them."""
    known = wave.candidates.order_by().values("account")
    rows = without_absent(Account.objects.live(), request.user)
    rows = rows.exclude(pk__in=known).exclude(manager=None).select_related("manager")
    act = partial(actions.propose, wave, by=request.user)
    form = ProposeForm(typed(request), accounts=rows.order_by("name", "pk"), sought=request.GET.get("q", "")[:100])
    done = _("They are proposed. Their managers and those above them are asked what only they can say.")
    title = _("Propose accounts")
    return keep(request, form, title, wave, lambda accounts: act(accounts), done, finds=_("Find an account"))


def candidate_page(request: SignedRequest, candidate: PilotCandidate) -> HttpResponse:
    with reading():
        context = {
            "page": CandidatePage(candidate, request.user),
            "of": candidate,
            "way": way_to(request.user, candidate.wave),
        }
        return render(request, "pilots/candidate.html", context)


@once
def judge(request: SignedRequest, candidate: PilotCandidate, criterion: int) -> HttpResponse:
    """One criterion, with the evidence that it takes."""
    line = line_of(candidate, criterion)
    form = JudgeForm(typed(request), criterion=line.criterion, on_file=line.on_file, initial=initial_of(line.judgement))
    act = partial(actions.judge, candidate, line.criterion, by=request.user, seen=seen_in(request))
    more = {"of": candidate, "note": line.criterion.words, "on_file": line.on_file}
    return keep(request, form, line.criterion.title, candidate, act, _("The judgement is kept."), **more)


def line_of(candidate: PilotCandidate, criterion: int) -> Line:
    """The line of this criterion, in force in the wave and not one that somebody says in a step of theirs."""
    lines = {line.criterion.pk: line for line in scorecard(candidate).lines}
    if criterion not in lines or lines[criterion].criterion.evidence in OWN_STEP:
        raise Http404(_("There is nothing here that you can see."))
    return lines[criterion]


@once
def let_test(request: SignedRequest, candidate: PilotCandidate) -> HttpResponse:
    act = partial(actions.let_test, candidate, by=request.user, seen=seen_in(request))
    form = TestsForm(typed(request), candidate=candidate)
    return keep(request, form, _("What it is to test"), candidate, act, _("It is kept what it tests."), of=candidate)
