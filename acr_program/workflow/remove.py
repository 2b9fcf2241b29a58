"""Taking rows of a machine away: what an import made and nobody used. The chain stays, and ends with the removal."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import now

from acr_program.people.models import User

from .book import click
from .log import LogEntry
from .machine import Machine

REMOVE = "remove"


def remove_many[M: Machine](objs: list[M], *, by: User, comment: str) -> None:
    """Delete these rows, which the caller holds locked, with what belongs to them; each chain gets its last row."""
    if not objs:
        return
    model: Any = type(objs[0])
    kind, at = ContentType.objects.get_for_model(model), now()
    with click() as book:
        for obj in objs:
            entry = LogEntry(
                content_type=kind, object_id=obj.pk, version=obj.version + 1, step=REMOVE, before=obj.status, after="", by=by,
                at=at, account_id=obj.account_id,
            )  # fmt: skip
            book.log(entry, comment, {"was": str(obj)})
        model._default_manager.filter(pk__in=[obj.pk for obj in objs]).delete()
