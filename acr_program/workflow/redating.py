"""What waits by a day that the thing itself names is due anew once that day has moved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .book import anything, spot
from .machine import Machine
from .obligations import Obligation, moments
from .steps import Await


def due_anew(objs: Iterable[Machine]) -> int:
    """Date what is open about these rows by their present days, and its reminders with it; how many have moved.

    Inside the transaction that has moved the day, under the lock of the root. What counts from its opening stays.
    """
    known: dict[Any, Machine] = {spot(obj): obj for obj in objs}
    moved = []
    for row in Obligation.objects.open().filter(anything(known)) if known else ():
        obj = known[row.content_type_id, row.object_id]
        awaited = awaited_by(obj, row.step)
        if awaited is None or row.due_at == (due_at := awaited.due(obj)):
            continue
        row.due_at = due_at
        remind_at, escalate_at = moments(awaited, row.opened_at, due_at)
        row.remind_at = row.remind_at if awaited.remind else remind_at
        row.escalate_at = row.escalate_at if awaited.escalate else escalate_at
        moved.append(row)
    Obligation.objects.bulk_update(moved, ["due_at", "remind_at", "escalate_at"], batch_size=500)
    return len(moved)


def awaited_by(obj: Machine, step: str) -> Await | None:
    """What was declared of it, where its day is one that the object names."""
    declared = [awaited for one in obj.declared_steps().values() if one.target == obj.status for awaited in one.awaits]
    return next((one for one in (*declared, *obj.BEGINS_AWAITS) if one.step == step and one.by), None)
