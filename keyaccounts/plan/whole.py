"""All rows of a plan at once: a version keeps them, and what changed since is compared with them.

Table after table they cost a query each, and one more for what each row leads to. Here every row comes as JSON in one query, and
what it leads to is found among the others; people, contacts and helpers are one query each, whatever their number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import CharField, QuerySet, Value, prefetch_related_objects
from django.db.models.functions import JSONObject
from django.utils.timezone import is_naive, make_aware

Rows = dict[Any, list[Any]]


def rows_of(plan: Any, wanted: Iterable[Any]) -> Rows:
    """The rows of each of these models in the plan, in the order of their keys, with what they lead to."""
    by_name = {model._meta.model_name: model for model in wanted}
    found: Rows = {model: [] for model in by_name.values()}
    first, *others = (packed(model, plan) for model in found)
    for name, said in first.union(*others, all=True).order_by():
        found[by_name[name]].append(unpacked(by_name[name], said, plan))
    for rows in found.values():
        rows.sort(key=lambda row: row.pk)
    tie(found)
    return found


def packed(model: Any, plan: Any) -> QuerySet[Any, Any]:
    said = JSONObject(**{one.attname: one.attname for one in model._meta.concrete_fields})
    rows = model._default_manager.filter(plan=plan).order_by()
    return rows.values_list(Value(model._meta.model_name, CharField()), said)


def unpacked(model: Any, said: dict[str, Any], plan: Any) -> Any:
    """The row as a query of its own would have read it."""
    fields = model._meta.concrete_fields
    row = model.from_db(
        plan._state.db, [one.attname for one in fields], [value_of(one, said[one.attname]) for one in fields]
    )
    row.plan = plan
    return row


def value_of(field: Any, value: Any) -> Any:
    """JSON knows neither days nor exact numbers: what the field makes of what came through."""
    if value is None or field.is_relation:
        return value
    if isinstance(field, models.DecimalField):
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-field.decimal_places))
    found = field.to_python(value)
    return make_aware(found, UTC) if isinstance(field, models.DateTimeField) and is_naive(found) else found


def tie(found: Rows) -> None:
    """Each row led to the rows, people and contacts that it names; who changed it is not asked."""
    known = {(model, row.pk): row for model, rows in found.items() for row in rows}
    links = [(row, link) for model, rows in found.items() for link in links_of(model) for row in rows]
    missing: dict[Any, set[int]] = defaultdict(set)
    for row, link in links:
        key = getattr(row, link.attname)
        if key is not None and (link.related_model, key) not in known:
            missing[link.related_model].add(key)
    for model, keys in missing.items():
        known |= {(model, pk): one for pk, one in model._base_manager.in_bulk(keys).items()}
    for row, link in links:
        if there := known.get((link.related_model, getattr(row, link.attname))):
            setattr(row, link.name, there)
    for model, rows in found.items():
        prefetch_related_objects(rows, *(one.name for one in model._meta.many_to_many))


def links_of(model: Any) -> list[Any]:
    """The fields by which its rows name something else than their plan."""
    return [one for one in model._meta.concrete_fields if one.many_to_one and one.name not in ("plan", "changed_by")]
