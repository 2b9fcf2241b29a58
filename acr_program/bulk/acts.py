"""What can be done to many rows: a declared step of their machine, or what an app above hands in by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.ui import known
from acr_program.workflow.errors import Refused
from acr_program.workflow.forms import StepForm
from acr_program.workflow.perform import perform
from acr_program.workflow.steps import Step, Words
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

    def form(self, bulk: Bulk, data: Any, by: User) -> Any:
        """What is asked once for all rows, before anything is done; nothing by default."""
        return None

    def can_be_undone(self, bulk: Bulk) -> bool:
        """Whether rows of an act that has ended may be taken back (undoing.py)."""
        return False


def back_to_list(bulk: Bulk) -> str:
    """The list in which the rows were chosen, as it was narrowed."""
    found = known.find(bulk.list_name)
    return f"{found.url_of(QueryDict(bulk.query))}?{bulk.query}" if found else "/"


@dataclass(frozen=True)
class ListAct(Act):
    """What a list offers for its ticked rows beside the steps of their machine, handed in from `AppConfig.ready`."""

    list_name: str = ""
    label: Words = ""
    kind: str = ""

    def is_for(self, user: User) -> bool:
        raise NotImplementedError

    def look(self, obj: Any) -> tuple[bool, str]:
        """Whether something can be done to this row, and what, or why not, in words."""
        raise NotImplementedError

    def looks(self, objs: list[Any], by: User) -> list[tuple[bool, str]]:
        """The same for all rows, where it is asked for one person or what stands beside the rows is read once for all."""
        return [self.look(obj) for obj in objs]

    def title(self, bulk: Bulk) -> str:
        return str(self.label)

    def back(self, bulk: Bulk) -> str:
        return back_to_list(bulk)


class StepAct(Act):
    """A step of the rows' machine, with the version each was looked at."""

    def title(self, bulk: Bulk) -> str:
        return str(self.step(bulk).label)

    def meaning(self, bulk: Bulk) -> str:
        return str(self.step(bulk).meaning or outcome_of(bulk.model, bulk.step).then)

    def back(self, bulk: Bulk) -> str:
        return back_to_list(bulk)

    @staticmethod
    def step(bulk: Bulk) -> Any:
        return bulk.model.declared_steps()[bulk.step]

    def take(self, bulk: Bulk, row: BulkRow, by: User) -> str:
        """As a click of the person would: what they may see and do is asked now, and a row that has moved on is refused."""
        obj = bulk.model._default_manager.visible_to(by).filter(pk=row.object_id).first()
        if obj is None:
            raise Refused(_("There is nothing here that you can see."))
        form = form_of(self.step(bulk))(bulk.data, obj=obj, user=by)
        if not form.is_valid():
            raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
        obj = perform(obj, bulk.step, by=by, seen=row.seen, key=f"bulk-{row.pk}", **form.cleaned_data)
        row.data["entry"] = obj.taken.entry.pk
        return str(outcome_of(bulk.model, bulk.step).done)

    def form(self, bulk: Bulk, data: Any, by: User) -> StepForm:
        return form_of(self.step(bulk))(data, obj=bulk.model(), user=by)

    def can_be_undone(self, bulk: Bulk) -> bool:
        return bool(self.step(bulk).undo)


def form_of(step: Step) -> type[StepForm]:
    """The form that asks what the step takes; one that asks nothing where it takes nothing."""
    found: type[StepForm] = import_string(step.form) if step.form else StepForm
    return found


_acts: dict[str, Act] = {"step": StepAct("step")}


def register(act: Act) -> None:
    _acts[act.name] = act


def act_of(name: str) -> Act:
    return _acts[name]


def acts_on(list_name: str) -> list[ListAct]:
    """What this list offers beside steps."""
    return [act for act in _acts.values() if isinstance(act, ListAct) and act.list_name == list_name]
