"""The coverage plan of a wave as its page shows it: what is covered by whom, who is in and who is not, and why (P-22, M9)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.people.folding import folded
from acr_program.people.models import User
from acr_program.people.roles import program_managers

from ..choices import CandidateStatus, WaveStatus
from ..covering import ASPECT, THEATER, UNIT
from ..plan_words import gaps_said, one_more_said, proof_said, reason_said, room_said, summary
from ..planned import Aside, Planned, planned
from ..planning.plan import Plan, Reason
from ..planning.problem import Candidate, Requirement

SHOWN = 30
BY_HAND = {
    CandidateStatus.QUALIFIED: (("select", gettext_lazy("Select")), ("hold", gettext_lazy("Hold in reserve"))),
    CandidateStatus.SELECTED: (("deselect", gettext_lazy("Choose anew")),),
    CandidateStatus.RESERVE: (("deselect", gettext_lazy("Choose anew")),),
}


@dataclass(frozen=True)
class Row:
    """One candidate with the reason why it is in the plan or not, and what can be changed by hand."""

    row: Any
    reason: str
    acts: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Cell:
    """One requirement at one pilot of the plan."""

    covers: bool
    alone: bool

    @property
    def says(self) -> str:
        if self.alone:
            return _("it alone")
        return _("covers") if self.covers else "–"

    @property
    def tone(self) -> str:
        return "good" if self.covers else "neutral"


@dataclass(frozen=True)
class Line:
    """One requirement across the pilots of the plan."""

    requirement: Requirement
    cells: list[Cell]

    @property
    def by(self) -> int:
        return sum(cell.covers for cell in self.cells)


class PlanPage:
    """The plan of one wave, for one reader; `sought` narrows those who are not in it."""

    def __init__(self, wave: Any, user: User, *, anew: bool = False, sought: str = "") -> None:
        self.of, self.user, self.anew, self.sought = wave, user, anew, sought

    @cached_property
    def found(self) -> Planned:
        return planned(self.of, anew=self.anew)

    @property
    def plan(self) -> Plan:
        return self.found.plan

    @property
    def summary(self) -> str:
        return summary(self.plan)

    @property
    def tone(self) -> str:
        if any(gap.requirement.blocks for gap in self.plan.gaps):
            return "bad"
        return "warn" if self.plan.gaps else "good"

    @property
    def state(self) -> str:
        if any(gap.requirement.blocks for gap in self.plan.gaps):
            return _("A business unit stays open")
        return _("Something stays open") if self.plan.gaps else _("All is covered")

    @property
    def proof(self) -> str:
        return proof_said(self.plan)

    @property
    def selects(self) -> bool:
        return bool(self.of.status == WaveStatus.SELECTING)

    @property
    def may_choose(self) -> bool:
        return self.selects and program_managers(self.user)

    @property
    def changes(self) -> bool:
        """Whether taking the plan would change who is selected."""
        now = {row.pk for row in self.found.rows.values() if row.status == CandidateStatus.SELECTED}
        return now != {one.key for one in self.plan.pilots}

    @property
    def may_begin_anew(self) -> bool:
        return self.selects and any(row.status == CandidateStatus.SELECTED for row in self.found.rows.values())

    # What is covered

    @property
    def heads(self) -> list[str]:
        return [_("Required"), _("Pilots"), *(one.name for one in self.plan.pilots)]

    @cached_property
    def kinds(self) -> list[tuple[str, list[Line]]]:
        """The grid, part by part; what is not asked for is left out."""
        titles = ((UNIT, _("Business units")), (THEATER, _("Theaters")), (ASPECT, _("Steps and tools")))
        lines = [self.line(one) for one in self.plan.problem.requirements]
        parts = [(title, [line for line in lines if line.requirement.kind == kind]) for kind, title in titles]
        return [(title, part) for title, part in parts if part]

    def line(self, one: Requirement) -> Line:
        who = [one in pilot.covers for pilot in self.plan.pilots]
        return Line(one, [Cell(covers, covers and sum(who) == 1) for covers in who])

    @property
    def gaps(self) -> list[str]:
        return gaps_said(self.found)

    @property
    def room(self) -> list[str]:
        return room_said(self.found)

    @property
    def one_more(self) -> str:
        return one_more_said(self.plan.one_more)

    # Who is in it, and who is not

    @property
    def inside(self) -> list[Row]:
        return [self.row(reason) for reason in self.plan.reasons[: len(self.plan.pilots)]]

    @cached_property
    def others(self) -> list[Reason]:
        """By score, best first; those whom somebody looks for."""
        others = self.plan.reasons[len(self.plan.pilots) :]
        return sorted((one for one in others if self.is_sought(one.candidate)), key=lambda one: -one.candidate.score)

    def is_sought(self, one: Candidate) -> bool:
        return folded(self.sought) in folded(one.name, one.number)

    @property
    def outside(self) -> list[Row]:
        return [self.row(reason) for reason in self.others[:SHOWN]]

    @property
    def more(self) -> int:
        return max(0, len(self.others) - SHOWN)

    @property
    def has_others(self) -> bool:
        return len(self.plan.problem.candidates) > len(self.plan.pilots)

    @property
    def aside(self) -> list[Aside]:
        return self.found.aside[:SHOWN]

    @property
    def more_aside(self) -> int:
        return max(0, len(self.found.aside) - SHOWN)

    def row(self, reason: Reason) -> Row:
        row = self.found.rows[reason.candidate.key]
        acts = BY_HAND.get(row.status, ()) if self.may_choose else ()
        return Row(row, reason_said(reason), acts)

    @property
    def nobody(self) -> str:
        """Why there is nobody in the plan."""
        if not self.selects:
            return _("The wave has no pilot.")
        if not self.plan.problem.candidates:
            return _("Nobody yet: candidates are planned with once they are qualified.")
        return _("Nobody: no candidate covers anything that the office has room for.")
