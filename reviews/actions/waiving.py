"""Compiling with a text that nobody has confirmed: the program manager's leave, and going on once there is none left (R-09)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.jobs.clock import duty
from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.workflow.book import click, forget
from acr_program.workflow.edit import note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.steps import Need

from ..choices import ContributionStatus, DocumentStatus
from ..choices import RequestStatus as S
from ..models import ReviewRequest, StaleWaiver
from ..rules import OPEN_FOR_CONTENT
from ..texts import stale_on, withheld
from . import gather

OUT = (ContributionStatus.REQUESTED, ContributionStatus.RETURNED, ContributionStatus.SUBMITTED)


def withheld_said(request: ReviewRequest) -> str:
    """The sentence that names the texts and who may let them go; empty where none stands in the way."""
    found = withheld(request, localdate())
    if not found:
        return ""
    titles = ", ".join(f"“{one.revision.item.name}” ({owner_of(one)})" for one in found)
    words = _(
        "A required standard text is stale: %(titles)s. Whoever answers for it says that it still holds, or the program "
        "manager, %(manager)s, waives that for this review."
    )
    return words % {"titles": titles, "manager": request.program.manager.name}


def owner_of(section: object) -> str:
    owner = section.revision.item.owner  # type: ignore[attr-defined]
    return owner.name if owner else _("nobody answers for it")


fresh_enough = Need(
    _("A required standard text is stale."), lambda request: not withheld(request, localdate()), names=withheld_said
)


def waive(request: ReviewRequest, revision: int, *, by: User, reason: str) -> ReviewRequest:
    """Let one review go with this text although nobody has confirmed it; kept on the review, with the reason.

    Raises PermissionDenied for anybody but the program manager, Refused where nothing is to be waived.
    """
    if not program_managers(by):
        raise PermissionDenied(_("A stale text is waived by %(who)s.") % {"who": program_managers.title})
    with click():
        request = lock(request)
        if request.status not in OPEN_FOR_CONTENT:
            raise Refused(_("The review is past the point where its content can change."))
        found = next((one for one in stale_on(request, localdate()) if one.revision.pk == revision), None)
        if found is None:
            raise Refused(_("This text is not stale here any more: nothing has to be waived."))
        if getattr(found, "waiver", None):
            return request
        StaleWaiver.objects.create(request=request, revision=found.revision, by=by, reason=reason)
        forget(f"standard texts of {request.pk}")
        waived = [None, str(found.revision)]
        entry = note(request, by=by, changed={"stale_waivers": waived}, comment=reason)
        gather.move_on(request, entry)
    return request


@duty("compile what waited for a text", every=timedelta(minutes=10))
def go_on(moment: datetime) -> None:
    """A word that a text holds, or a new one accepted, reaches every review that waited for it alone."""
    waiting = ReviewRequest.objects.exclude(contributions__status__in=OUT)
    gathered = waiting.filter(status=S.GATHERING)
    current = [DocumentStatus.PENDING, DocumentStatus.READY, DocumentStatus.FAILED, DocumentStatus.SEALED]
    without = waiting.filter(status=S.COMPILING).exclude(documents__status__in=current)
    for found in (*gathered[:500], *without[:500]):
        with click():
            request = lock(found)
            entry = request.log().order_by("-version").first()
            if entry and request.status in (S.GATHERING, S.COMPILING) and request.version == found.version:
                gather.move_on(request, entry)
