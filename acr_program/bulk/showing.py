"""Where acts on many rows are seen outside their own page: the bar under a list, and the results under “My messages”."""

from __future__ import annotations

from acr_program.desk.handed import hand
from acr_program.people.models import User
from acr_program.ui.known import bar_with
from acr_program.ui.parts import Waiting
from acr_program.ui.phrases import moment

from . import actions
from .bars import bar_of
from .models import Bulk

SHOWN = 20


def results_for(user: User) -> list[Waiting]:
    """What was set going by this person, newest first: one query."""
    return [row_of(bulk) for bulk in Bulk.objects.results_of(user)[:SHOWN]]


def row_of(bulk: Bulk) -> Waiting:
    tone = "info" if bulk.at_work else "bad" if bulk.refused else "good"  # type: ignore[attr-defined]
    return Waiting(str(bulk), bulk.get_absolute_url(), moment(bulk.made_at), actions.told(bulk), tone)


def register() -> None:
    hand(results_for)
    bar_with(bar_of)
