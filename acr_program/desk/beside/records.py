"""The kinds of records beside which people talk, named by the apps above in AppConfig.ready."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q

_talked: list[type[Model]] = []


def talked(model: type[Model]) -> None:
    """Let people talk beside records of this model; it has `visible_to`, `account_id` and a page of its own."""
    if model not in _talked:
        _talked.append(model)


def every() -> list[Any]:
    return list(_talked)


def seen_by(user: Any) -> Q:
    """What stands beside a record that this person may see: asked of each record, not of a list of all that may be seen."""
    found = Q(pk__in=[])
    for model in every():
        rows = model._default_manager.visible_to(user).order_by().filter(pk=OuterRef("object_id"))
        found |= Q(content_type=ContentType.objects.get_for_model(model)) & Q(
            Exists(rows)
        )  # the kind is looked at first
    return found
