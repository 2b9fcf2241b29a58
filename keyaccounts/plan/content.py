"""What a plan says, as plain data: kept as a version when it is shared, compared with later, and shown to the customer.

The customer reads what its kinds declare as `public` and nothing else: a field that nobody names stays inside.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from ..models import AccountPlan, PlanSnapshot
from ..models.plan_row import Part
from .format import BY_KEY
from .kinds import Kind, find, kinds, kinds_of

Content = dict[str, Any]


def content_of(plan: AccountPlan) -> Content:
    """Every part with its words and rows; one query a table."""
    texts = dict(Part.objects.filter(plan=plan).order_by().values_list("key", "text"))
    read = {model: rows_of(plan, model) for model in dict.fromkeys(one.model for one in kinds())}
    parts: dict[str, Any] = {key: {"text": texts.get(key, ""), "rows": {}} for key in BY_KEY}
    for one in kinds():
        if one.model is Part:
            continue
        for row in read[one.model]:
            if one.is_of(row):
                rows = parts[one.part_of(row)]["rows"].setdefault(one.key, [])
                rows.append({"id": row.pk, **said(row, one)})
    return {"format": plan.format, "year": plan.year, "account": plan.account.name, "parts": parts}


def rows_of(plan: AccountPlan, model: Any) -> list[Any]:
    many = [one.name for one in model._meta.many_to_many]
    rows = model._default_manager.filter(plan=plan).prefetch_related(*many).order_by("pk")
    return list(rows.select_related(*model.BESIDE) if model.BESIDE else rows)


def said(row: Any, one: Kind) -> Content:
    return {name: value_of(row, name) for name in one.fields}


def value_of(row: Any, name: str) -> Any:
    """A value that still says the same when what it named is gone: names in place of keys, numbers and days as text."""
    value = getattr(row, name)
    if hasattr(value, "all"):
        return sorted(str(one) for one in value.all())
    if value is None:
        return ""
    return value if isinstance(value, (bool, int)) else str(value)


def digest_of(content: Content) -> str:
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def keep_version(plan: AccountPlan, *, by: Any) -> PlanSnapshot:
    """The next version of the plan, with what it says now; inside the step that shares it."""
    content = content_of(plan)
    last = plan.snapshots.order_by("-number").first()
    return PlanSnapshot.objects.create(
        plan=plan, number=last.number + 1 if last else 1, format=plan.format, content=content,
        digest=digest_of(content), made_by=by,
    )  # fmt: skip


# What the customer reads


def public_rows(content: Content, subject: str = "") -> list[tuple[Kind, list[Content]]]:
    """The kinds that the customer reads, with their public fields alone; of one subject, or those of none."""
    found = []
    for part in BY_KEY:
        for one in kinds_of(part):
            if one.public and one.subject == subject:
                rows = content["parts"].get(part, {}).get("rows", {}).get(one.key, [])
                found.append((one, [{name: row.get(name, "") for name in one.public} for row in rows]))
    return found


def worded(kind_key: str, name: str, value: Any) -> str:
    """A kept value in words: a choice by its label, yes and no."""
    from django.utils.translation import gettext as _

    one = find(kind_key)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(value)
    if one and (choices := one.model._meta.get_field(name).flatchoices):  # type: ignore[union-attr]
        return str(dict(choices).get(value, value))
    return str(value)


def label_of(kind_key: str, name: str) -> str:
    one = find(kind_key)
    return str(one.model._meta.get_field(name).verbose_name) if one else name  # type: ignore[union-attr]
