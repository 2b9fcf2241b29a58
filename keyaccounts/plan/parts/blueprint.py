"""Blueprint: the direction (its words), the opportunities and the priorities; the register of data (N4.2, N4.8 to N4.12).

The kernel keeps here what N4.2 asks before a plan is shared; the register of data is added below.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from acr_program.ui.columns import Column

from ...choices_plan import ObjectiveKind, PartKey, Subject
from ...models import Objective, Opportunity
from ..format import Demand, demand
from ..kinds import Kind, kind

PART = PartKey.BLUEPRINT

OPPORTUNITIES = kind(
    Kind(
        "opportunities", PART, Opportunity, _("Opportunities"), one=_("opportunity"), add=_("Add an opportunity"),
        empty=_("No opportunity is written down yet."),
        columns=[
            Column("what", _("Opportunity"), sub=lambda row: str(row.finding or "")), Column("worth", _("Worth"), num=True),
            Column("owner", _("Owner"), "owner.name"), Column("due", _("Due"), nowrap=True), Column("state", _("State")),
        ],
        fields=("what", "finding", "worth", "owner", "due", "state", "result", "gained", "decided_on"),
        public=("what", "due"), subject=Subject.OPPORTUNITIES,
    )
)  # fmt: skip
GOALS = kind(
    Kind(
        "goals", PART, Objective, _("Priorities"), one=_("goal"), add=_("Add a goal"),
        empty=_("No goal is written down yet: what comes first, second, third?"), of={"kind": ObjectiveKind.GOAL},
        columns=[
            Column("priority", _("Priority"), num=True), Column("what", _("Goal"), sub=lambda row: str(row.opportunity or "")),
            Column("owner", _("Owner"), "owner.name"), Column("due", _("Due"), nowrap=True),
            Column("next_check", _("Next check"), nowrap=True),
        ],
        fields=(
            "priority", "what", "opportunity", "aim", "target", "unit", "actual", "as_of", "due", "next_check", "owner", "miss",
        ),
        public=("priority", "what", "due"), subject=Subject.PRIORITIES,
    )
)  # fmt: skip
demand(
    Demand(PART, "opportunities", _("Write down at least one opportunity."), "opportunity", weight=3),
    Demand(
        PART, "priorities", _("Say what comes first: a goal with a priority."), "objective",
        Q(kind=ObjectiveKind.GOAL, priority__isnull=False), weight=3,
    ),
)  # fmt: skip
