"""Writing down the programme and its tiers, as lines of the program (K-04, K-17)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from acr_program.charter import lines
from acr_program.people.models import User
from acr_program.workflow.errors import Refused

from ..choices_panel import ReviewStatus
from ..models import PanelReview, Programme, Tier


def keep_programme(*, by: User, seen: int | None, **fields: Any) -> Programme:
    """What the programme is called and how it runs; the first time it begins with this."""
    row = Programme.objects.first() or Programme()
    lines.keep(row, by=by, seen=seen, **fields)
    return row


def keep_tier(tier: Tier, *, by: User, seen: int | None, **fields: Any) -> Tier:
    lines.keep(tier, by=by, seen=seen, **fields)
    return tier


def drop_tier(tier: Tier, *, by: User, seen: int | None) -> None:
    """Taken away, unless an account has it or had it, a panel granted it, or what its customers get is written down.

    While decisions are held, none goes: one of them may grant it, and nobody is told before the release.
    """
    if tier.memberships.exists():
        raise Refused(_("Accounts have this tier, or had it before they went back to incubation. Rename it instead."))
    if tier.propositions.exists():
        raise Refused(
            _("What customers of this tier get is written down, and stays on record. Rename the tier instead.")
        )
    if PanelReview.objects.filter(status=ReviewStatus.DECIDED).exists():
        raise Refused(_("Decisions of a panel wait for their release. Take the tier away after it."))
    if PanelReview.objects.filter(decision__tier=tier.pk).exists():
        raise Refused(_("A panel has granted this tier, and its minutes name it. Rename the tier instead."))
    lines.drop(tier, by=by, seen=seen)
