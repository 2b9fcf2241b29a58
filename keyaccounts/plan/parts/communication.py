"""Communication: who must see it, what we do and do not do, the team card, key figures (N7.1, N7.3 to N7.7; features 78, 79)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from acr_program.ui.columns import Column
from acr_program.ui.parts import Fragment

from ...choices_plan import ObjectiveKind, PartKey, PromiseKind, ProposalState, Subject
from ...models import Objective, Promise
from ...models.spending import plainly
from ..communication_figures import KEY, FigureForm
from ..communication_standing import standing_of
from ..format import Demand, demand
from ..kinds import Kind, kind
from ..panels import hang
from ..row_forms import RowForm

PART = PartKey.COMMUNICATION
OTHER_LIST = {PromiseKind.DO: PromiseKind.DO_NOT, PromiseKind.DO_NOT: PromiseKind.DO}


class PromiseForm(RowForm):
    """What stands on one list does not stand on the other."""

    def clean_what(self) -> str:
        what: str = self.cleaned_data["what"].strip()
        other = OTHER_LIST[PromiseKind(self.kind.of["kind"])]
        if Promise.objects.filter(plan=self.plan, kind=other, what__iexact=what).exists():
            words = say("This stands under “%(list)s” already: it cannot be both.")
            self.add_error("what", words % {"list": other.label})
        return what


WE_DO = kind(
    Kind(
        "we-do", PART, Promise, _("What we do"), one=_("promise"), add=_("Add what we do"),
        empty=_("Nothing is promised yet: what can this customer count on?"), of={"kind": PromiseKind.DO},
        columns=[Column("what", _("We do"))], fields=("what",), form=PromiseForm,
        public=("what",), subject=Subject.PROPOSITION,
    )
)  # fmt: skip
WE_DO_NOT = kind(
    Kind(
        "we-do-not", PART, Promise, _("What we do not do"), one=_("limit"), add=_("Add what we do not do"),
        empty=_("No limit is drawn yet: what does this customer ask for that is not part of it?"),
        of={"kind": PromiseKind.DO_NOT},
        columns=[Column("what", _("We do not"))], fields=("what",), form=PromiseForm,
        public=("what",), subject=Subject.PROPOSITION,
    )
)  # fmt: skip


def in_unit(row: Objective, name: str) -> str:
    value = getattr(row, name)
    return "" if value is None else f"{plainly(value)} {row.unit}".strip()


def target_of(row: Objective) -> str:
    return " ".join(one for one in (row.get_aim_display() if row.aim else "", in_unit(row, "target")) if one)


def remark(row: Objective) -> str:
    """What keeps it from being a figure that both sides go by."""
    if row.target is None:
        return say("No target is set")
    return say("Nothing is measured yet") if row.actual is None else ""


KPIS = kind(
    Kind(
        KEY, PART, Objective, _("Key figures"), one=_("key figure"), add=_("Add a key figure"),
        empty=_("No key figure is written down yet: by what do both sides see that it goes well?"),
        of={"kind": ObjectiveKind.KPI},
        columns=[
            Column("what", _("Key figure")), Column("target", _("Target"), target_of, num=True),
            Column("actual", _("Actual"), lambda row: in_unit(row, "actual"), num=True, empty=_("not measured")),
            Column("as_of", _("As of"), nowrap=True), Column("next_check", _("Next check"), nowrap=True),
            Column("agreed_on", _("Agreed on"), nowrap=True, empty=_("not agreed")),
        ],
        fields=("what", "aim", "target", "unit", "actual", "as_of", "next_check", "owner", "miss", "agreed_on"),
        public=("what", "aim", "target", "unit", "actual", "as_of"), form=FigureForm, remark=remark,
    )
)  # fmt: skip


def standing(plan: Any, user: Any) -> Fragment:
    """Who has read it, who is on the card, what the customer confirmed and proposed, each with the way to it; one query."""
    return Fragment("keyaccounts/plan_standing.html", {"standing": standing_of(plan), "plan": plan})


hang(PART, standing)

KPI = Q(kind=ObjectiveKind.KPI)
demand(
    Demand(
        PART, "proposals", _("Answer what the customer proposes."), "proposal", Q(state=ProposalState.OPEN), most=0, weight=4
    ),
    Demand(PART, "we_do", _("Say what we do for this customer."), "promise", Q(kind=PromiseKind.DO), weight=2),
    Demand(PART, "we_do_not", _("Say what we do not do for it."), "promise", Q(kind=PromiseKind.DO_NOT), weight=2),
    Demand(PART, "figures", _("Write down the key figures that both sides go by."), "objective", KPI, weight=2),
    Demand(
        PART, "agreed", _("Have every key figure agreed with the customer."), "objective", KPI & Q(agreed_on=None), most=0
    ),
    Demand(PART, "listed", _("Say who must see the plan."), "planreading", Q(listed=True)),
    Demand(
        PART, "read", _("Have everybody who must see the plan open it."), "planreading", Q(listed=True, last_at=None), most=0
    ),
    Demand(PART, "card", _("Publish the team card."), "teamcard"),
)  # fmt: skip
