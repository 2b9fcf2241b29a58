"""What a review needs while the program is piloted: its account is an active pilot (P-01)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from acr_program.charter.choices import ProgramStatus
from acr_program.workflow.steps import Need

from .choices import CandidateStatus
from .models import PilotCandidate


def is_pilot(account: int) -> bool:
    """Whether the account takes part in a pilot that runs."""
    return any(one.status == CandidateStatus.ACTIVE for one in PilotCandidate.objects.of_account(account))


def may_submit(request: Any) -> bool:
    return request.program.status != ProgramStatus.PILOTING or is_pilot(request.account_id)


pilots_only = Need(_("The program is being piloted: only the accounts of the pilot may have a review."), may_submit)
