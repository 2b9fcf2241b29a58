"""Acting as somebody of the demo company."""

from __future__ import annotations

from typing import Any

from acr_program.people.models import User
from acr_program.workflow.machine import Machine
from acr_program.workflow.perform import perform


def act(obj: Machine, name: str, by: User, **data: Any) -> Any:
    """One step, in the present state of the row."""
    fresh = type(obj)._default_manager.get(pk=obj.pk)
    return perform(fresh, name, by=by, seen=fresh.version, **data)
