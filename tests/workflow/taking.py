"""Acts that are taken back, and how a test asks for it."""

from __future__ import annotations

from typing import Any

import pytest

from acr_program.people.models import User
from acr_program.workflow.errors import Refused
from acr_program.workflow.log import LogEntry
from acr_program.workflow.undo import take_back
from tests.factories import take

WORD = {"comment": "They asked others for offers."}


def flagged(account: Any, by: User) -> Any:
    return take(account, "flag_risk", by, **WORD)


def entry_of(obj: Any) -> LogEntry:
    return LogEntry.objects.for_timeline().get(pk=obj.taken.entry.pk)


def undone(obj: Any, by: User, **how: Any) -> Any:
    return take_back(entry_of(obj), by=by, **how)


def why(obj: Any, by: User) -> str:
    with pytest.raises(Refused) as refused:
        undone(obj, by)
    return refused.value.sentence


def columns(obj: Any) -> dict[str, Any]:
    """What the row holds, without the count of its changes."""
    values = type(obj)._default_manager.filter(pk=obj.pk).values().get()
    return {name: value for name, value in values.items() if name != "version"}
