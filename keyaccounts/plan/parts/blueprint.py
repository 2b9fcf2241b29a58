"""Blueprint: the direction (its words), the opportunities and the priorities; the register of data (N4.2, N4.8 to N4.12).

What N4.2 asks before a plan is shared, then the register: what it is, what for, from where, kept where, by whom and how often.
"""

from __future__ import annotations

from typing import Any

from django.core.validators import MinValueValidator
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from acr_program.ui.columns import Column
from acr_program.ui.parts import Fragment

from ...choices_plan import ObjectiveKind, PartKey, Subject
from ...models import DataItem, Objective, Opportunity
from ...plan_rules import may_write
from ..actions_waiting import AHEAD, settle
from ..blueprint_data import is_overdue, rhythm
from ..format import Demand, demand
from ..kinds import Kind, kind
from ..monitoring_objectives import ObjectiveForm
from ..panels import hang
from ..row_forms import RowForm
from ..writing import follow

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
        public=("priority", "what", "due"), subject=Subject.PRIORITIES, form=ObjectiveForm,
    )
)  # fmt: skip


class DataForm(RowForm):
    """One item of the register; where it is kept says who has access (N4.11)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["access"].required = True
        self.fields["refresh"].validators.append(MinValueValidator(1))
        self.fields["refresh"].help_text = say("30 is once a month, 90 once a quarter, 365 once a year.")
        self.fields["refreshed_on"].help_text = say("Left open, it counts as due at once.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if (day := given.get("refreshed_on")) and day > localdate():
            self.add_error("refreshed_on", say("This day is still to come."))
        return given


def data_remark(row: DataItem) -> str:
    if not is_overdue(row):
        return ""
    assert row.due is not None
    days = (localdate() - row.due).days
    return ngettext("Overdue for %(n)d day", "Overdue for %(n)d days", days) % {"n": days}


DATA = kind(
    Kind(
        "data", PART, DataItem, _("Customer data that matter"), one=_("item"), add=_("Add an item"),
        empty=_("Nothing is named yet: which data about this customer must be right, and who keeps them so?"),
        columns=[
            Column("item", _("Item"), sub="purpose"), Column("source", _("From where")),
            Column("place", _("Kept where"), sub="access"), Column("refresh", _("Refreshed"), rhythm, nowrap=True),
            Column("refreshed_on", _("Last"), nowrap=True, empty=_("never")), Column("due", _("Due"), nowrap=True),
            Column("owner", _("Owner"), "owner.name"),
        ],
        fields=("item", "purpose", "source", "place", "access", "refresh", "refreshed_on", "owner"),
        form=DataForm, remark=data_remark,
    )
)  # fmt: skip


def overdue(plan: Any, user: Any) -> Fragment | None:
    """What of the register is due within a week, or overdue, the longest first (N4.12)."""
    rows = [row for row in DATA.read(plan) if row.due and row.due <= localdate() + AHEAD]
    writes = may_write(user, plan)
    lines = [(row, is_overdue(row), writes or (plan.is_living and user.acts_as(row.owner_id))) for row in rows]
    return Fragment("keyaccounts/plan_overdue.html", {"of": plan, "lines": lines}) if lines else None


hang(PART, overdue)
follow(DataItem, settle)
demand(
    Demand(PART, "data", _("Name the customer data that matter, and who keeps them right."), "dataitem", weight=2),
    Demand(PART, "access", _("Say of each item who has access to it."), "dataitem", Q(access=""), most=0),
    Demand(
        PART, "overdue", _("Refresh the customer data that are overdue."), "dataitem",
        lambda: Q(due__lt=localdate()), most=0,
    ),
    Demand(PART, "opportunities", _("Write down at least one opportunity."), "opportunity", weight=3),
    Demand(
        PART, "priorities", _("Say what comes first: a goal with a priority."), "objective",
        Q(kind=ObjectiveKind.GOAL, priority__isnull=False), weight=3,
    ),
)  # fmt: skip
