"""What a plan says, as plain data: kept as a version when it is shared, compared with later, and shown to the customer.

The customer reads what its kinds declare as `public` and nothing else: a field that nobody names stays inside.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from acr_program.ui.phrases import long_day, moment

from ..models import AccountPlan, PlanSnapshot
from ..models.plan_row import Part
from ..models.spending import plainly
from .format import BY_KEY
from .kinds import Kind, find, kinds, kinds_of
from .whole import rows_of

Content = dict[str, Any]


def content_of(plan: AccountPlan) -> Content:
    """Every part with its words and rows; four queries at most."""
    read = rows_of(plan, dict.fromkeys(one.model for one in kinds()))
    texts = {one.key: one.text for one in read[Part]}
    parts: dict[str, Any] = {key: {"text": texts.get(key, ""), "rows": {}} for key in BY_KEY}
    for one in kinds():
        if one.model is Part:
            continue
        for row in read[one.model]:
            if one.is_of(row):
                rows = parts[one.part_of(row)]["rows"].setdefault(one.key, [])
                rows.append({"id": row.pk, **said(row, one)})
    return {"format": plan.format, "year": plan.year, "account": plan.account.name, "parts": parts}


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


Lines = list[tuple[int, Content]]


def public_rows(content: Content, subject: str = "") -> list[tuple[Kind, list[Content]]]:
    """The kinds that the customer reads, with their public fields alone; of one subject, or those of none."""
    return [(one, [row for _pk, row in rows]) for one, rows in public_lines(content) if one.subject == subject]


def public_lines(content: Content) -> list[tuple[Kind, Lines]]:
    """All of them, each row with its key: what is shown, confirmed and proposed by the customer is found again by it."""
    found = []
    for part in BY_KEY:
        for one in kinds_of(part):
            if one.public:
                rows = content["parts"].get(part, {}).get("rows", {}).get(one.key, [])
                found.append((one, [(row["id"], {name: row.get(name, "") for name in one.public}) for row in rows]))
    return found


def worded(kind_key: str, name: str, value: Any) -> str:
    """A kept value in words: a choice by its label, yes and no, a day and a number as people write them."""
    one = find(kind_key)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(value)
    asked: Any = one.model._meta.get_field(name) if one else None
    if asked is not None and asked.flatchoices:
        return str(dict(asked.flatchoices).get(value, value))
    return plainly_said(asked, str(value))


def plainly_said(asked: Any, value: str) -> str:
    """What was kept as a day or a number; anything else as it is."""
    try:
        if isinstance(asked, models.DateTimeField):
            return moment(datetime.fromisoformat(value)) if value else ""
        if isinstance(asked, models.DateField):
            return long_day(date.fromisoformat(value)) if value else ""
        if isinstance(asked, models.DecimalField):
            return plainly(Decimal(value)) if value else ""
    except (ValueError, ArithmeticError):
        pass
    return value


def label_of(kind_key: str, name: str) -> str:
    one = find(kind_key)
    return str(one.model._meta.get_field(name).verbose_name) if one else name  # type: ignore[union-attr]
