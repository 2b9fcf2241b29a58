"""Monitoring: objectives, value, offer creep, service levels, the independent evaluation (N9.0 to N9.7)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from acr_program.ui.columns import Column
from acr_program.ui.parts import Fragment
from acr_program.ui.phrases import number
from acr_program.workflow.book import once

from ...choices_plan import ObjectiveKind, PartKey, PromiseKind
from ...models import Evaluation, Objective, Promise
from ...plan_rules import may_write
from .. import monitoring_creep as creep
from .. import monitoring_evaluation as evaluation
from .. import monitoring_objectives as objectives
from .. import monitoring_traced as opportunities
from .. import monitoring_value as value
from ..actions_waiting import settle
from ..format import Demand, demand
from ..kinds import Kind, find, kind, kinds
from ..monitoring_checks import may_check
from ..panels import hang
from ..row_forms import RowForm
from ..value_worth import periods_of, picture
from ..writing import follow

PART = PartKey.MONITORING


class DeliveryForm(RowForm):
    """Something that was delivered: under which promise, or what it would have cost."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = (PromiseKind.DO, PromiseKind.DO_NOT)
        covers: Any = self.fields["covers"]
        covers.queryset = covers.queryset.filter(kind__in=lists)
        covers.label_from_instance = lambda row: f"{row.get_kind_display()}: {row.what}"
        covers.empty_label = say("On neither list: it is an extra")
        covers.help_text = say("What it was promised as. Something that we do not do counts as an extra as well.")
        self.fields["on"].required = True
        self.fields["price"].help_text = say("What the customer paid for it, or would have to pay.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("on") and given["on"] > localdate():
            self.add_error("on", say("This day is still to come."))
        price, covers = given.get("price"), given.get("covers")
        if price is not None and price < 0:
            self.add_error("price", say("A price is not below zero."))
        as_typed = Promise(kind=PromiseKind.DELIVERED, covers=covers, paid=bool(given.get("paid")))
        if creep.is_unpaid_extra(as_typed) and price is None and "price" not in self.errors:
            self.add_error("price", say("It was neither promised nor paid: say what it would have cost."))
        return given


def delivery_remark(row: Promise) -> str:
    return say("Unpaid extra") if creep.is_unpaid_extra(row) else ""


JOINT = kind(
    Kind(
        "joint-goals", PART, Objective, _("Joint goals"), one=_("joint goal"), add=_("Add a joint goal"),
        empty=_("No joint goal is written down yet: what do both sides want to reach together?"),
        of={"kind": ObjectiveKind.JOINT},
        columns=[
            Column("what", _("Joint goal")),
            Column("percent", _("Done"), objectives.actual_of, num=True, empty=_("not said")),
            Column("narrative", _("How far it is"), whole=True), Column("owner", _("Owner"), "owner.name"),
            Column("due", _("Due"), nowrap=True), Column("next_check", _("Next check"), nowrap=True),
        ],
        fields=("what", "opportunity", "percent", "narrative", "due", "next_check", "owner", "agreed_on"),
        form=objectives.JointForm, remark=objectives.remark_of, public=("what", "due", "percent"),
    )
)  # fmt: skip
SLAS = kind(
    Kind(
        "service-levels", PART, Objective, _("Service levels"), one=_("service level"), add=_("Add a service level"),
        empty=_("No service level is written down yet: how fast and how well do we serve this customer, and is it kept?"),
        of={"kind": ObjectiveKind.SLA},
        columns=[
            Column("what", _("Service level")), Column("target", _("Target"), objectives.target_of, num=True),
            Column("actual", _("Actual"), objectives.actual_of, num=True, empty=_("not measured")),
            Column("as_of", _("As of"), nowrap=True), Column("next_check", _("Next check"), nowrap=True),
            Column("miss", _("Why it was missed"), whole=True),
        ],
        fields=("what", "aim", "target", "unit", "actual", "as_of", "miss", "next_check", "owner"),
        form=objectives.ObjectiveForm, remark=objectives.remark_of,
    )
)  # fmt: skip
DELIVERIES = kind(
    Kind(
        "deliveries", PART, Promise, _("What was delivered"), one=_("delivery"), add=_("Add what was delivered"),
        empty=_("No delivery is written down yet: what did the customer get, and was it promised or paid for?"),
        of={"kind": PromiseKind.DELIVERED}, carries=False,
        columns=[
            Column("what", _("Delivered"), sub=lambda row: str(row.covers or "")),
            Column("counts", _("Counts as"), creep.counts_as), Column("price", _("Price"), num=True),
            Column("on", _("On"), nowrap=True),
        ],
        fields=("what", "covers", "paid", "price", "on"), form=DeliveryForm, remark=delivery_remark,
    )
)  # fmt: skip
EVALUATIONS = kind(
    Kind(
        "evaluations", PART, Evaluation, _("Independent evaluation"), one=_("evaluation"), add=_("Evaluate the relationship"),
        empty=_("Nobody has evaluated the relationship yet: it takes somebody who sees the plan and is not on the account team."),
        columns=[
            Column("on", _("On"), sub="by.name", nowrap=True), Column("trust", _("Trust"), num=True),
            Column("fit", _("Fit"), num=True), Column("access", _("Access"), num=True),
            Column("words", _("What stands behind it"), whole=True),
        ],
        fields=("on", "trust", "fit", "access", "words"), form=evaluation.EvaluationForm, carries=False,
        writer=evaluation.outsider, final=True,
    )
)  # fmt: skip


def every_objective(plan: Any) -> list[Any]:
    """Goals, joint goals, key figures and service levels, of whichever part; the page reads them once."""
    return objectives.in_order(row for one in kinds() if one.model is Objective for row in one.read(plan))


def rows_of(plan: Any, key: str) -> list[Any]:
    found = find(key)
    return found.read(plan) if found else []


def periods(plan: Any) -> Any:
    return once(f"periods of plan {plan.pk}", lambda: periods_of(plan))


def delivered(plan: Any) -> creep.Creep:
    return creep.creep_of(DELIVERIES.read(plan))


def traces(plan: Any) -> opportunities.Traced:
    return opportunities.traced(rows_of(plan, "opportunities"), every_objective(plan))


def deserves(plan: Any, user: Any) -> Fragment:
    """The evidence for the panel in five sentences, above what stands behind each (N9.7)."""
    rows = every_objective(plan)
    met = {"met": number(sum(objectives.reached(row) is True for row in rows)), "all": number(len(rows))}
    evidence = [
        (say("Objectives"), say("%(met)s of %(all)s objectives are met.") % met, "waiting"),
        (say("Value"), value.conclusion(periods(plan)), "against"),
        (say("Offer creep"), delivered(plan).sentence, "creep"),
        (say("Opportunities"), traces(plan).sentence, "traced"),
        (say("Relationship"), evaluation.sentence(EVALUATIONS.read(plan)), "evaluated"),
    ]
    return Fragment("keyaccounts/plan_deserves.html", {"evidence": evidence, "of": plan})


def checks(plan: Any, user: Any) -> Fragment | None:
    """Every objective beside what came of it, and what a check of it found (N9.0, N9.2, N9.5)."""
    rows, writes = every_objective(plan), may_write(user, plan)
    lines = [objectives.CheckLine(row, may_check(user, plan, row, writes=writes)) for row in rows]
    said = {"lines": lines, "figures": objectives.figures_of(rows), "of": plan}
    return Fragment("keyaccounts/plan_checks.html", said) if rows else None


def against(plan: Any, user: Any) -> Fragment | None:
    """Value and profitability by period, the margin for those who may see it (N9.1)."""
    found = periods(plan)
    said = {
        "lines": value.against(found),
        "picture": picture(found),
        "margin": bool(found) and value.sees_margin(user, plan),
    }
    return Fragment("keyaccounts/plan_against.html", said) if found else None


def crept(plan: Any, user: Any) -> Fragment | None:
    """Delivered against promised, and the unpaid extras with their price (N9.3, M18)."""
    found = delivered(plan)
    return Fragment("keyaccounts/plan_creep.html", {"creep": found}) if found.delivered else None


def traced(plan: Any, user: Any) -> Fragment | None:
    """What became of each opportunity (N9.4)."""
    found = traces(plan)
    return Fragment("keyaccounts/plan_traced.html", {"traced": found}) if found.traces else None


def evaluated(plan: Any, user: Any) -> Fragment | None:
    """The last evaluation beside those before it (N9.6)."""
    rows = EVALUATIONS.read(plan)
    said = (
        {"figures": evaluation.figures_of(rows), "picture": evaluation.picture(rows), "last": rows[0]} if rows else {}
    )
    return Fragment("keyaccounts/plan_evaluated.html", said) if rows else None


for draw in (deserves, checks, against, crept, traced, evaluated):
    hang(PART, draw)
follow(Objective, settle)

FIGURES, JOINTLY = Q(kind__in=["goal", "kpi", "sla"]), Q(kind=ObjectiveKind.JOINT)
demand(
    Demand(
        PART, "targets", _("Say of each objective its target, what was measured, and when it is checked next."), "objective",
        (FIGURES & (Q(target=None) | Q(actual=None))) | Q(next_check=None), most=0, weight=2,
    ),
    Demand(
        PART, "checks", _("A check is overdue: say what was found, and when it is looked at next."), "objective",
        lambda: Q(next_check__lt=localdate()), most=0, weight=2,
    ),
    Demand(
        PART, "reasons", _("Say of each target that was missed why."), "objective",
        lambda: objectives.missed() & Q(miss=""), most=0, weight=2,
    ),
    Demand(PART, "joint", _("Write down a joint goal."), "objective", JOINTLY),
    Demand(
        PART, "progress", _("Say of each joint goal how far it is, in percent and in words."), "objective",
        JOINTLY & (Q(percent=None) | Q(narrative="")), most=0,
    ),
    Demand(PART, "levels", _("Write down the service levels."), "objective", Q(kind=ObjectiveKind.SLA)),
    Demand(PART, "delivered", _("Write down what was delivered."), "promise", Q(kind=PromiseKind.DELIVERED)),
    Demand(
        PART, "priced", _("Say of each unpaid extra what it would have cost."), "promise",
        creep.UNPAID_EXTRA & Q(price=None), most=0,
    ),
    Demand(
        PART, "traced", _("Say of each opportunity that is decided what came of it, and what it brought."), "opportunity",
        opportunities.UNTOLD | opportunities.UNCOUNTED, most=0,
    ),
    Demand(
        PART, "evaluated", _("Have somebody outside the account team evaluate the relationship, once a year."), "evaluation",
        evaluation.still_holds, weight=2,
    ),
)  # fmt: skip
