"""What the pilots of a wave say: of each step and tool, of the customer, and who has not answered yet (P-02, P-03)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.people.models import User

from .. import covering
from ..choices import BEST_SCORE, AspectKind, CandidateStatus
from ..models import PilotCandidate, PilotWave
from ..tested import Tested, grid


@dataclass(frozen=True)
class Answered:
    """How far one pilot has answered: of how many, how many; and whether anything is said of the customer."""

    pilot: Any
    rated: int
    all: int

    @property
    def has_impact(self) -> bool:
        return bool(self.pilot.customer_said or self.pilot.we_think)

    @property
    def is_complete(self) -> bool:
        return self.rated == self.all and self.has_impact


@dataclass
class FeedbackPage:
    """The feedback of one wave."""

    of: PilotWave
    user: User
    most = BEST_SCORE

    @cached_property
    def pilots(self) -> list[PilotCandidate]:
        """Those who have begun."""
        return [pilot for pilot in covering.pilots(self.of) if pilot.status != CandidateStatus.SELECTED]

    @cached_property
    def rows(self) -> list[Tested]:
        return grid(self.of, self.pilots)

    @property
    def grid_heads(self) -> list[str]:
        return [_("Step or tool"), *(pilot.account.name for pilot in self.pilots)]

    @property
    def tested_said(self) -> str:
        n = sum(row.is_tested for row in self.rows)
        words = ngettext("%(n)d of %(all)d is tested", "%(n)d of %(all)d are tested", n)
        return words % {"n": n, "all": len(self.rows)}

    @property
    def kinds(self) -> list[tuple[Any, list[Tested]]]:
        titles = {AspectKind.STEP: _("Steps of the process"), AspectKind.TOOL: _("Tools")}
        return [(title, [row for row in self.rows if row.aspect.kind == kind]) for kind, title in titles.items()]

    @cached_property
    def answered(self) -> list[Answered]:
        rated = [sum(row.cells[place].rating is not None for row in self.rows) for place in range(len(self.pilots))]
        return [Answered(pilot, n, len(self.rows)) for pilot, n in zip(self.pilots, rated, strict=True)]

    @property
    def missing(self) -> list[Answered]:
        """Who has agreed to give feedback and has not given all of it (P-13)."""
        return [one for one in self.answered if not one.is_complete]

    @property
    def impacts(self) -> list[PilotCandidate]:
        return [pilot for pilot in self.pilots if pilot.customer_said or pilot.we_think]
