"""Findings: the list of a wave, one of them, and one more."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_office
from acr_program.workflow.clicks import once
from reviews.pages.one import OnePage

from .. import lists
from ..actions.findings import report_finding
from ..choices import WaveStatus
from ..forms.findings import FindingForm
from ..models import Finding, PilotWave
from .asking import keep, typed
from .waves import way_to


def may_report(wave: PilotWave, user: User) -> bool:
    return program_office(user) and wave.status in (WaveStatus.RUNNING, WaveStatus.EVALUATING)


def finding_list(request: SignedRequest, wave: PilotWave) -> HttpResponse:
    context = {"page": lists.finding_list(request, wave), "of": wave, "way": way_to(request.user, wave)}
    return render(request, "pilots/findings.html", context | {"may_report": may_report(wave, request.user)})


@once
def report(request: SignedRequest, wave: PilotWave) -> HttpResponse:
    """Whoever runs the wave says what was found."""

    def act(**said: Any) -> Finding:
        return report_finding(wave, by=request.user, **said)

    done = _("It is reported. The program manager decides what becomes of it.")
    return keep(request, FindingForm(typed(request), wave=wave), _("Report a finding"), wave, act, done)


def finding_page(request: SignedRequest, finding: Finding) -> HttpResponse:
    context = {"page": OnePage(finding, request.user), "of": finding, "way": way_to(request.user, finding.wave)}
    return render(request, "pilots/finding.html", context)
