"""Reporting what a wave found."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from acr_program.charter.models import Program
from acr_program.people.models import User
from acr_program.people.roles import program_office
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock

from ..choices import WaveStatus
from ..models import Finding, PilotWave


def report_finding(wave: PilotWave, *, by: User, **said: Any) -> Finding:
    """One more finding; none once the wave is decided on."""
    if not program_office(by):
        raise PermissionDenied(_("“Report a finding” is for %(who)s.") % {"who": program_office.title})
    with transaction.atomic():
        wave = lock(wave)
        if wave.status not in (WaveStatus.RUNNING, WaveStatus.EVALUATING):
            raise Refused(_("Findings are reported while the wave runs and is evaluated."))
        owner = Program.objects.select_related("manager").get().manager  # whose it is until it is decided
        return begin(Finding(wave=wave, reported_by=by, owner=owner, **said), by=by)
