"""What incubation demands of the membership's own steps (K-05, K-16); hung on them in `actions.incubation_following`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.workflow.book import once
from acr_program.workflow.steps import Need

from .choices_incubation import FREE_INCUBATIONS, WaiverKind
from .models import Standard, Waiver


def standard_in_force() -> Standard | None:
    """Read once for a page or a click."""
    return once("requirements in force", Standard.objects.in_force)


has_standard = Need(
    gettext_lazy("There are no requirements in force: write them down and put them in force first."),
    lambda membership: standard_in_force() is not None,
)


def lacks_exception(membership: Any) -> str:
    """From the third incubation on an executive records the exception, by name (K-16)."""
    number = membership.incubations + 1
    if number <= FREE_INCUBATIONS or is_excepted(membership, number):
        return ""
    words = _("It would be incubation number %(number)d: a senior executive has to record the exception first.")
    return words % {"number": number}


def is_excepted(membership: Any, number: int) -> bool:
    rows = Waiver.objects.filter(membership=membership.pk, kind=WaiverKind.ANOTHER, number=number)
    return once(f"exception {number} of {membership.pk}", rows.exists)


exception_recorded = Need(
    gettext_lazy("From the third incubation on, a senior executive has recorded the exception."),
    lambda membership: not lacks_exception(membership),
    lacks_exception,
)
