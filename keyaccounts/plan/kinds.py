"""What stands in a part: each kind of row is declared once, and from that come its list, its form, its log and its versions.

CELLS = kind(
    Kind(
        "cells", PartKey.DIRECTION, PortfolioCell, _("Lines of business and sectors"), one=_("cell"),
        add=_("Add a line and a sector"), empty=_("Nothing is written down yet."),
        columns=[Column("line", _("Line of business")), …],
        fields=("line", "sector", "reason", …),
    )
)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.forms import modelform_factory
from django.utils.functional import Promise

from acr_program.people.roles import RolePredicate
from acr_program.ui.columns import Column
from acr_program.workflow.book import once

from ..models import PlanRow
from ..plan_rules import on_team
from .row_forms import RowForm, field_of

Words = str | Promise


@dataclass(frozen=True)
class Kind:
    """One kind of rows in one part.

    `of`: the values that make a row of this kind (`{"kind": "need"}`), set by themselves and never asked. `fields`: what is
    asked, kept in versions and compared. `form`: a `RowForm` with checks of its own. `public`: the fields that the customer
    may read, none by default; `subject`: what of the four the customer confirms by them (`Subject`). `part` is empty where each
    row names its own. `remark(row)` is a word that stands beside the row where something is wrong with it. `fixed`: rows are
    there from the beginning and only changed. `carries`: whether next year's plan begins with them, or a function of the row.
    `writer` is who writes these rows, the team as a rule; `final`: a row stays as it was
    written, nobody changes it or takes it off.
    `begins`: the values that a new row has at first, beside `of`. `order(row)` is by what its list is sorted, where that is
    not the order of the model.
    """

    key: str
    part: str
    model: type[PlanRow]
    title: Words
    one: Words
    add: Words = ""
    empty: Words = ""
    columns: Sequence[Column] = ()
    fields: tuple[str, ...] = ()
    of: dict[str, Any] = field(default_factory=dict)
    form: type[RowForm] = RowForm
    public: tuple[str, ...] = ()
    subject: str = ""
    remark: Callable[[Any], str] | None = None
    fixed: bool = False
    carries: bool | Callable[[Any], bool] = True
    begins: dict[str, Any] = field(default_factory=dict)
    order: Callable[[Any], Any] | None = None
    writer: RolePredicate = on_team
    final: bool = False
    names_part: str = "part"  # the attribute that names the part, where `part` is empty

    def rows(self, plan: Any) -> QuerySet[Any]:
        """The rows of this kind in a plan, with what a list of them shows."""
        manager: Any = self.model._default_manager
        rows: QuerySet[Any] = manager.filter(plan=plan, **self.of).select_related("changed_by", *self.model.BESIDE)
        return rows

    def read(self, plan: Any) -> list[Any]:
        """The same rows, read once for a page with all of their model: the lists and pictures of a part share them."""
        found = [row for row in self.every(plan) if self.is_of(row)]
        return sorted(found, key=self.order) if self.order else found

    def every(self, plan: Any) -> list[Any]:
        """All rows of the model in this plan, of whichever kind."""
        manager: Any = self.model._default_manager
        rows = manager.filter(plan=plan).select_related("changed_by", *self.model.BESIDE)
        return once(self.known_as(plan), lambda: list(rows))

    def share(self, plan: Any, every: list[Any]) -> None:
        """All rows of the model in this plan, where a picture has read them already: `read` takes them on this page."""
        once(self.known_as(plan), lambda: every)

    def known_as(self, plan: Any) -> str:
        return f"every {self.model._meta.model_name} of plan {plan.pk}"

    def is_of(self, row: Any) -> bool:
        return all(getattr(row, name) == value for name, value in self.of.items())

    def new(self, plan: Any) -> Any:
        return self.model(plan=plan, **self.of, **self.begins)

    def is_carried(self, row: Any) -> bool:
        """Whether next year's plan begins with this row."""
        return self.is_of(row) and (self.carries(row) if callable(self.carries) else self.carries)

    def may_write(self, user: Any, plan: Any) -> bool:
        """Whether this person may add such a row to the plan as it stands."""
        return plan.is_living and self.writer(user, plan)

    def part_of(self, row: Any) -> str:
        return self.part or str(getattr(row, self.names_part))

    @cached_property
    def form_class(self) -> Any:
        return modelform_factory(self.model, form=self.form, fields=self.fields, formfield_callback=field_of)

    def form_for(self, plan: Any, data: Any = None, row: Any = None, **initial: Any) -> Any:
        """The form for a new row, or for this one; `data` is what was sent."""
        return self.form_class(data, instance=row or self.new(plan), kind=self, initial=initial)


_kinds: dict[str, Kind] = {}


def kind(declared: Kind) -> Kind:
    """Make a kind known; said once for each in the file of its part. Its key stands in addresses and in the log."""
    there = _kinds.get(declared.key)
    assert there is None or there.model is declared.model, f"Two kinds of rows are called {declared.key}."
    _kinds[declared.key] = declared
    return declared


def kinds() -> list[Kind]:
    return list(_kinds.values())


def kinds_of(part: str) -> list[Kind]:
    """The kinds of one part, in the order in which they are declared."""
    return [one for one in _kinds.values() if one.part == part]


def find(key: str) -> Kind | None:
    return _kinds.get(key)


def kind_of_row(row: Any) -> Kind | None:
    """Of which kind a row is."""
    return next((one for one in _kinds.values() if isinstance(row, one.model) and one.is_of(row)), None)
