"""How good a plan is by the declared formula, and what to mend next (feature 76; N4.1, N4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from acr_program.people.prepared import Prepared

from .format import Demand, demand_of, demands


@dataclass(frozen=True)
class Asked:
    """One demand, and whether the plan meets it."""

    demand: Demand
    met: bool


@dataclass(frozen=True)
class Quality:
    """Every demand of a plan. `score`: 100 times the weight of those that are met over the weight of all, rounded."""

    asked: tuple[Asked, ...]

    @property
    def score(self) -> int:
        whole = sum(one.demand.weight for one in self.asked)
        met = sum(one.demand.weight for one in self.asked if one.met)
        return round(100 * met / whole) if whole else 0

    @property
    def open(self) -> list[Demand]:
        """What is not met, the heaviest first: what to mend next."""
        return sorted((one.demand for one in self.asked if not one.met), key=lambda one: -one.weight)

    def of(self, part: str) -> Quality:
        return Quality(tuple(one for one in self.asked if one.demand.part == part))

    def mends(self, part: str, most: int = 1) -> list[Demand]:
        return self.of(part).open[:most]


def counted(name: str, *_day: date) -> Any:
    """How many rows this demand finds in the plan beside which it stands; on that day, where it depends on the day."""
    demand = demand_of(name)
    rows = apps.get_model("keyaccounts", demand.model)._default_manager.filter(plan=OuterRef("pk"))
    rows = rows.filter(demand.condition()).order_by().values("plan").annotate(n=Count("pk", distinct=True))
    return Coalesce(Subquery(rows.values("n"), output_field=IntegerField()), 0)


def with_demands(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Plans, each with how many rows every demand finds; in the same query, each put into SQL once, or once a day."""
    return rows.annotate(**{one.name: prepared(rows.model, one) for one in demands()})


def prepared(model: Any, one: Demand) -> Prepared:
    day = (localdate(),) if callable(one.where) else ()
    return Prepared(model, counted, one.name, *day, of=IntegerField())


def quality_of(plan: Any) -> Quality:
    """Of a plan read through `with_demands`; of any other, one query more."""
    wanted = demands(plan.format)
    if wanted and wanted[0].name not in plan.__dict__:
        found = with_demands(type(plan).objects.filter(pk=plan.pk)).values(*(one.name for one in wanted)).get()
        plan.__dict__.update(found)
    return Quality(tuple(Asked(one, one.is_met(plan.__dict__[one.name])) for one in wanted))
