"""What was found out about the customer, by us and by others, and what was made of it (N3.8, N3.9).

A plan that knows only what its own house says, or only what others say, is flagged: on the part, among what to mend, in the list.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from ..choices_plan import FindingKind, PartKey, Side
from ..models import Finding, Opportunity
from .quality import quality_of

SIDES = (Side.INSIDE, Side.OUTSIDE)
NEITHER, BOTH = "none", "both"
KNOWN = {
    Side.INSIDE.value: _("our own only"), Side.OUTSIDE.value: _("from outside only"), BOTH: _("both kinds"), NEITHER: _("none"),
}  # fmt: skip
DEMANDED = {"own_research": Side.INSIDE, "other_research": Side.OUTSIDE}  # the demands of the part that count them


def research(side: str = "") -> Q:
    """The findings of research, of one side where it is named."""
    return Q(kind=FindingKind.RESEARCH, side=side) if side else Q(kind=FindingKind.RESEARCH)


def sides(found: set[str]) -> str:
    """`inside`, `outside`, `both` or `none`."""
    there = [str(side) for side in SIDES if side in found]
    return BOTH if len(there) > 1 else there[0] if there else NEITHER


def known_of(plan: Any) -> str:
    """The kinds of research of a plan, as its demands have counted them: of a page of plans no query more."""
    met = (one.demand.key for one in quality_of(plan).of(PartKey.RELATION).asked if one.met)
    return sides({str(DEMANDED[key]) for key in met if key in DEMANDED})


def flag_of(which: str) -> str:
    """The sentence for a plan with one kind of research only; nothing for one with both or none."""
    return {
        Side.INSIDE.value: say("All research is our own: add what somebody independent says."),
        Side.OUTSIDE.value: say("All research is from outside: add what our own people know."),
    }.get(which, "")


def one_kind_only(plans: Any) -> Any:
    """Of these plans those whose research is of one kind only."""
    there = {side: Exists(Finding.objects.filter(research(side), plan=OuterRef("pk"))) for side in SIDES}
    inside, outside = there[Side.INSIDE], there[Side.OUTSIDE]
    return plans.filter((Q(inside) & ~Q(outside)) | (~Q(inside) & Q(outside)))


@dataclass(frozen=True)
class Led:
    """A finding, and the opportunities that were found by it."""

    finding: Finding
    opportunities: list[Opportunity]
    add_url: str = ""


def led_from(plan: Any, findings: list[Finding], writes: bool) -> list[Led]:
    """Research first, then whatever else has led to an opportunity; one query."""
    by_finding: dict[int, list[Opportunity]] = defaultdict(list)
    rows = Opportunity.objects.filter(plan=plan, finding__isnull=False).select_related("owner", "finding")
    others: dict[int, Finding] = {}
    for row in rows:
        if row.finding:
            by_finding[row.finding.pk].append(row)
            others[row.finding.pk] = row.finding
    shown = [*findings, *(one for pk, one in others.items() if pk not in {one.pk for one in findings})]
    add = reverse("keyaccounts:plan-add", args=[plan.pk, "opportunities"]) if writes else ""
    return [Led(one, by_finding.get(one.pk, []), f"{add}?finding={one.pk}" if add else "") for one in shown]
