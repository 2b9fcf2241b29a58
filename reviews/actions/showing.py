"""Keeping what somebody was shown before they decide; looking alone keeps nothing (docs/promises.md, rule 13)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.workflow.errors import Refused
from acr_program.workflow.log import LogEntry

from .. import rules
from ..choices import ApprovalStatus
from ..models import Approval, Seen


def shown(approval: Approval, *, to: User, digest: str) -> None:
    """This person was shown these files. Raises Refused where they are not the ones that are to be decided on."""
    if not rules.asked_approver(to, approval):
        raise PermissionDenied(_("What was shown is kept of %(who)s.") % {"who": rules.asked_approver.title})
    if approval.status != ApprovalStatus.PENDING or digest != approval.signs:
        raise Refused(_("This is not the version that is to be decided on. Open the page again."))
    keep(approval, to)


def decided(approval: Approval, entry: LogEntry) -> None:
    """Whoever decides was shown what they decide on, on whichever way they came."""
    keep(approval, entry.by)


def keep(approval: Approval, person: User) -> None:
    """One row, however often the page is opened; the first time counts."""
    row = Seen(approval=approval, person=person, digest=approval.signs)
    Seen.objects.bulk_create([row], ignore_conflicts=True)
