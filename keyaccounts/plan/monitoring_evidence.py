"""What the account plan lays before a panel: our conclusion, with objectives, value, creep, opportunities and evaluations (N9.7).

Frozen with the rest of the packet when the voting opens (K-14, K-18 to K-20). Objectives, value and conclusion are those of
the plan that the account is worked by; deliveries and evaluations those of a year, in whichever plan they stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, Value
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import FigureKind
from accounts.models import Figure, Performance
from accounts.quarters import in_cents
from acr_program.workflow.book import once

from ..choices_plan import PartKey, PromiseKind
from ..models import Evaluation, Objective, Opportunity, Part, Promise, Worth
from ..packets import Rows, packet_part, row
from .actions_waiting import in_work
from .monitoring_creep import Creep, creep_of
from .monitoring_evaluation import mean_said
from .monitoring_objectives import actual_of, in_order, target_of, verdict_of, words_of
from .monitoring_traced import traced
from .value_worth import MARGIN, NET, Period, ends_of, period, title_of

A_YEAR = timedelta(days=365)
OnFile = dict[str, dict[Any, Decimal]]


def members_of(reviews: Sequence[Any]) -> dict[int, int]:
    """The key of the review, by that of its membership."""
    return {review.membership_id: review.pk for review in reviews}


def plans_of(reviews: Sequence[Any]) -> dict[int, int]:
    """The key of the review, by that of the plan by which its account is worked; one query for all parts of the packet."""
    members = members_of(reviews)

    def read() -> dict[int, int]:
        rows = in_work().filter(membership__in=members).values_list("pk", "membership")
        return {plan: members[member] for plan, member in rows}

    return once(f"plans before panels {sorted(members.values())}", read)


def by_review(rows: Iterable[Any], plans: dict[int, int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for one in rows:
        found[plans[one.plan_id]].append(one)
    return found


def of_a_year(model: Any, reviews: Sequence[Any], where: Q | None = None) -> dict[int, list[Any]]:
    """Rows of the last year, in whichever plan of the membership they stand."""
    members = members_of(reviews)
    rows = model.objects.filter(where or Q(), plan__membership__in=members, on__gte=localdate() - A_YEAR)
    found: dict[int, list[Any]] = defaultdict(list)
    for one in rows.select_related("plan", *model.BESIDE):
        found[members[one.plan.membership_id]].append(one)
    return found


def the_conclusion(reviews: Sequence[Any]) -> dict[int, Rows]:
    """Whether the account still deserves its status, in the words of whoever has the plan, with who said it and when."""
    plans = plans_of(reviews)
    parts = Part.objects.filter(plan__in=plans, key=PartKey.MONITORING).select_related("touched_by", "plan")
    return {plans[part.plan_id]: concluded(part) for part in parts}


def concluded(part: Part) -> Rows:
    return [
        row(_("Plan of the year"), str(part.plan.year)),
        row(_("State of the plan"), part.plan.get_status_display()),
        row(_("Our conclusion"), part.text),
        row(_("Last touched on"), part.touched_at),
        row(_("By"), part.touched_by.name if part.touched_by else ""),
    ]


def the_objectives(reviews: Sequence[Any]) -> dict[int, Rows]:
    """Goals, joint goals, key figures and service levels: target, actual, whether it is met, and why not."""
    plans = plans_of(reviews)
    found = by_review(Objective.objects.filter(plan__in=plans).order_by("pk"), plans)
    return {pk: [objective(one) for one in in_order(rows)] for pk, rows in found.items()}


def objective(one: Objective) -> Any:
    verdict = verdict_of(one).label
    return row(one.what, one.get_kind_display(), target_of(one), actual_of(one), one.as_of, str(verdict), words_of(one))


def the_value(reviews: Sequence[Any]) -> dict[int, Rows]:
    """Each period: planned revenue and margin against what is on file; two queries beside the plans."""
    plans = plans_of(reviews)
    accounts = {review.pk: review.membership.account_id for review in reviews}
    found = by_review(Worth.objects.filter(plan__in=plans).order_by("begins_on", "pk"), plans)
    on_file = figures_of({accounts[pk] for pk in found}, found.values())
    return {
        pk: [
            valued(period(one, on_file[accounts[pk]][NET], on_file[accounts[pk]][MARGIN], localdate())) for one in rows
        ]
        for pk, rows in found.items()
    }


def figures_of(accounts: set[int], periods: Iterable[list[Worth]]) -> dict[int, OnFile]:
    """Net value and margin told of each quarter that these periods have, by account; no query where there is none."""
    found: dict[int, OnFile] = defaultdict(lambda: {NET: {}, MARGIN: {}})
    every = [one for rows in periods for one in rows]
    if not every:
        return found
    span = {
        "account__in": accounts, "quarter_begins_on__gte": min(one.begins_on for one in every),
        "quarter_begins_on__lt": max(ends_of(one) for one in every),
    }  # fmt: skip
    told = (
        Figure.objects.filter(kind=FigureKind.MARGIN, replaced_at=None, **span).annotate(what=Value(MARGIN)).order_by()
    )
    net = Performance.objects.filter(**span).annotate(what=Value(NET)).order_by()
    asked = ("what", "account_id", "quarter_begins_on")
    for what, account, quarter, value in net.values_list(*asked, "net").union(
        told.values_list(*asked, "value"), all=True
    ):
        found[account][what][quarter] = value
    return found


def valued(one: Period) -> Any:
    net = None if one.net is None else in_cents(one.net)
    return row(title_of(one.worth), one.worth.revenue, net, one.worth.margin, one.margin, one.worth.source)


def the_creep(reviews: Sequence[Any]) -> dict[int, Rows]:
    """What was delivered of late: how much as promised, and each unpaid extra with its price (M18)."""
    found = of_a_year(Promise, reviews, Q(kind=PromiseKind.DELIVERED))
    return {pk: crept(creep_of(rows)) for pk, rows in found.items()}


def crept(creep: Creep) -> Rows:
    extras = [row(one.what, one.row.on, one.price, one.why) for one in creep.findings]
    return [*extras, row(_("All deliveries"), "", creep.worth, creep.sentence)]


def the_opportunities(reviews: Sequence[Any]) -> dict[int, Rows]:
    """What came to fruition, what did not, and what it brought."""
    plans = plans_of(reviews)
    found = by_review(Opportunity.objects.filter(plan__in=plans).select_related("finding").order_by("pk"), plans)
    return {
        pk: [
            row(one.row.what, str(one.row.finding or ""), one.row.get_state_display(), one.row.worth, one.row.gained,
                one.row.result)
            for one in traced(rows).traces
        ]
        for pk, rows in found.items()
    }  # fmt: skip


def the_evaluations(reviews: Sequence[Any]) -> dict[int, Rows]:
    """The relationship as people outside the account team see it, the newest first (N9.6)."""
    return {
        pk: [row(one.by.name, one.on, one.trust, one.fit, one.access, mean_said(one), one.words) for one in rows]
        for pk, rows in of_a_year(Evaluation, reviews).items()
    }


Gather = Callable[[Sequence[Any]], dict[int, Rows]]
PARTS: list[tuple[str, Any, list[Any], Gather]] = [
    ("plan", gettext_lazy("Account plan: our conclusion"), [], the_conclusion),
    (
        "plan-objectives", gettext_lazy("Account plan: objectives"),
        [
            gettext_lazy("Objective"), gettext_lazy("Kind"), gettext_lazy("Target"), gettext_lazy("Actual"),
            gettext_lazy("As of"), gettext_lazy("Verdict"), gettext_lazy("Why, or how far"),
        ],
        the_objectives,
    ),
    (
        "plan-value", gettext_lazy("Account plan: value against plan"),
        [
            gettext_lazy("Period"), gettext_lazy("Planned revenue"), gettext_lazy("On file"),
            gettext_lazy("Planned margin, %"), gettext_lazy("Margin told, %"), gettext_lazy("Source of the plan"),
        ],
        the_value,
    ),
    (
        "plan-creep", gettext_lazy("Account plan: unpaid extras of a year"),
        [gettext_lazy("What"), gettext_lazy("Delivered on"), gettext_lazy("Price"), gettext_lazy("Why it is an extra")],
        the_creep,
    ),
    (
        "plan-opportunities", gettext_lazy("Account plan: what became of the opportunities"),
        [
            gettext_lazy("Opportunity"), gettext_lazy("Found by"), gettext_lazy("State"), gettext_lazy("Worth"),
            gettext_lazy("Brought"), gettext_lazy("Result"),
        ],
        the_opportunities,
    ),
    (
        "plan-evaluation", gettext_lazy("Account plan: evaluated from outside the team"),
        [
            gettext_lazy("Evaluated by"), gettext_lazy("On"), gettext_lazy("Trust"), gettext_lazy("Fit"),
            gettext_lazy("Access"), gettext_lazy("Mean"), gettext_lazy("What stands behind it"),
        ],
        the_evaluations,
    ),
]  # fmt: skip


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    for place, (key, title, heads, gather) in enumerate(PARTS):
        packet_part(key, title, heads, gather, order=61 + place)
