"""Next year's plan begins with what this year's says: a living document is not written anew each year (N4.1)."""

from __future__ import annotations

from typing import Any

from ..models import AccountPlan, Part, PlanRow
from .kinds import kinds

Copied = dict[tuple[Any, int], Any]


def carry_over(plan: AccountPlan) -> None:
    """The words and rows of the plan before it, as they stand; its parts are untouched until somebody looks at them."""
    before = plan.membership.plans.exclude(pk=plan.pk).order_by("-year", "-pk").first()
    if before is None:
        return
    texts = dict(before.part_rows.values_list("key", "text"))
    parts = list(plan.part_rows.all())
    for part in parts:
        part.text = texts.get(part.key, "")
    Part.objects.bulk_update(parts, ["text"])
    copied: Copied = {}
    for model in in_order({one.model for one in kinds() if one.model is not Part}):
        for row in model._default_manager.filter(plan=before).order_by("pk"):
            if any(one.model is model and one.is_carried(row) for one in kinds()):
                copy(row, plan, copied)


def in_order(models: set[Any]) -> list[Any]:
    """Each after those that its rows lead to."""
    found: list[Any] = []

    def visit(model: Any) -> None:
        if model not in found:
            for link in links_of(model):
                if link.related_model in models and link.related_model is not model:
                    visit(link.related_model)
            found.append(model)

    for model in sorted(models, key=lambda one: one.__name__):
        visit(model)
    return found


def links_of(model: Any) -> list[Any]:
    """The fields by which a row leads to another of the same plan."""
    return [one for one in model._meta.concrete_fields if one.many_to_one and issubclass(one.related_model, PlanRow)]


def copy(row: Any, plan: AccountPlan, copied: Copied) -> None:
    """The row in the other plan, led to the copies of what it was led to; one that cannot stand without is left.

    What holds for one year alone (`ANEW`) is to be said again."""
    model, old = type(row), row.pk
    many = {one.name: list(getattr(row, one.name).all()) for one in model._meta.many_to_many}
    for link in links_of(model):
        there = copied.get((link.related_model, getattr(row, link.attname)))
        if there is None and not link.null:
            return
        setattr(row, link.name, there)
    for name in model.ANEW:
        setattr(row, name, model._meta.get_field(name).get_default())
    row.pk, row.plan, row.revision = None, plan, 1
    row._state.adding = True
    row.save()
    for name, people in many.items():
        getattr(row, name).set(people)
    copied[model, old] = row
