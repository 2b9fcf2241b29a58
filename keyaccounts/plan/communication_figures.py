"""Key figures that are agreed with the customer, by the link or as noted by us; a figure that changes is agreed anew (N7.7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.workflow.book import click
from acr_program.workflow.edit import note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock

from ..choices_plan import ObjectiveKind
from ..models import AccountPlan, Objective, PlanSnapshot
from .content import Content, public_lines, worded
from .monitoring_objectives import ask_figures, ask_reason
from .row_forms import RowForm

KEY = "kpis"
TERMS = ("what", "aim", "target", "unit")  # what is agreed to: another of these is another figure


class FigureForm(RowForm):
    """A key figure with a target; whoever changes its terms takes the agreement off, unless they say when it was agreed anew."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        ask_figures(self, given)
        ask_reason(self, given)
        if given.get("agreed_on") and given["agreed_on"] > localdate():
            self.add_error("agreed_on", _("This day is yet to come."))
        return given

    def mine(self) -> dict[str, Any]:
        found = super().mine()
        agreed = self.before.get("agreed_on")
        if agreed and {"agreed_on", *TERMS} & set(self.changed_data) and "agreed_on" not in self.changed_data:
            found["agreed_on"] = None
        return found


@dataclass(frozen=True)
class KeyFigure:
    """One as the customer reads it in a version: what it is, its target, what it was; and when it was agreed, as of today."""

    key: int
    what: str
    target: str
    actual: str
    agreed_on: date | None


def figures_of(plan: Any, content: Content) -> list[KeyFigure]:
    """Those of a version, each with the day on which its terms were agreed to; one query where there are any."""
    rows = next((rows for kind, rows in public_lines(content) if kind.key == KEY), [])
    now_ = {one.pk: one for one in plan.objective_rows.filter(kind=ObjectiveKind.KPI)} if rows else {}
    return [
        KeyFigure(pk, str(row["what"]), target_of(row), actual_of(row), agreed_of(now_.get(pk), row))
        for pk, row in rows
    ]


def agreed_of(figure: Objective | None, row: Content) -> date | None:
    """Only where what the customer reads is what stands today."""
    return figure.agreed_on if figure and same_terms(figure, row) else None


def same_terms(figure: Objective, row: Content) -> bool:
    return all(("" if (value := getattr(figure, name)) is None else str(value)) == str(row[name]) for name in TERMS)


def target_of(row: Content) -> str:
    said = (worded(KEY, "aim", row["aim"]), worded(KEY, "target", row["target"]), str(row["unit"]))
    return " ".join(one for one in said if one)


def actual_of(row: Content) -> str:
    value = " ".join(one for one in (worded(KEY, "actual", row["actual"]), str(row["unit"])) if one)
    if row["actual"] == "":
        return ""
    on = worded(KEY, "as_of", row["as_of"])
    return _("%(value)s on %(day)s") % {"value": value, "day": on} if on else value


def agree(plan: AccountPlan, version: PlanSnapshot, keys: Iterable[int], *, who: str) -> list[str]:
    """The customer agrees to these, as they stand in the version that it reads. What changed since is left out: the names."""
    wanted = set(keys)
    by = User.objects.customer()
    with click():
        plan = lock(plan)
        if not plan.is_living:
            raise Refused(_("This plan is archived: nothing of it is open to be confirmed."))
        rows = {pk: row for kind, rows in public_lines(version.content) if kind.key == KEY for pk, row in rows}
        figures = plan.objective_rows.filter(kind=ObjectiveKind.KPI, pk__in=wanted & rows.keys(), agreed_on=None)
        agreed = [one for one in figures if same_terms(one, rows[one.pk])]
        for one in agreed:
            one.agreed_on, one.revision = localdate(), one.revision + 1
            one.save(update_fields=["agreed_on", "revision"])
        names = [one.what for one in agreed]
        if agreed:
            note(
                plan, by=by, changed={"agreed_figures": [None, {"what": names, "who": who, "version": version.number}]}
            )
    return names
