"""What can be done to many rows: a declared step of their machine, or what an app above hands in by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.workflow.errors import Refused
from acr_program.workflow.perform import perform
from acr_program.workflow.words import outcome_of

if TYPE_CHECKING:
    from .models import Bulk, BulkRow


@dataclass(frozen=True)
class Act:
    """One kind of act on many rows: words said of the whole; `take` does one row as the person, and says what came of it."""

    name: str

    def title(self, bulk: Bulk) -> str:
        raise NotImplementedError

    def meaning(self, bulk: Bulk) -> str:
        return ""

    def back(self, bulk: Bulk) -> str:
        """The address of what the rows were chosen in."""
        raise NotImplementedError

    def take(self, bulk: Bulk, row: BulkRow, by: User) -> str:
        raise NotImplementedError

    def ended(self, bulk: Bulk, done: list[BulkRow]) -> None:
        """Once every row has its result, in the same transaction."""


class StepAct(Act):
    """A step of the rows' machine, with the version each was looked at."""

    def title(self, bulk: Bulk) -> str:
        return str(self.step(bulk).label)

    def meaning(self, bulk: Bulk) -> str:
        return str(self.step(bulk).meaning or outcome_of(bulk.model, bulk.step).then)

    def back(self, bulk: Bulk) -> str:
        from acr_program.ui import known

        found = known.find(bulk.list_name)
        return f"{found.url}?{bulk.query}" if found else "/"

    @staticmethod
    def step(bulk: Bulk) -> Any:
        return bulk.model.declared_steps()[bulk.step]

    def take(self, bulk: Bulk, row: BulkRow, by: User) -> str:
        """As a click of the person would: what they may see and do is asked now, and a row that has moved on is refused."""
        obj = bulk.model._default_manager.visible_to(by).filter(pk=row.object_id).first()
        if obj is None:
            raise Refused(_("There is nothing here that you can see."))
        perform(obj, bulk.step, by=by, seen=row.seen, key=f"bulk-{row.pk}", **bulk.data)
        return str(outcome_of(bulk.model, bulk.step).done)


_acts: dict[str, Act] = {"step": StepAct("step")}


def register(act: Act) -> None:
    _acts[act.name] = act


def act_of(name: str) -> Act:
    return _acts[name]
