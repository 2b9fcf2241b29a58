"""One wave as its page shows it: sizing with its arithmetic, what is covered, who takes part, what was found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from acr_program.charter.choices import Outcome
from acr_program.people.roles import overseers, program_managers, program_office
from acr_program.ui.phrases import day
from acr_program.ui.phrases import names as listed
from reviews.pages.one import OnePage

from .. import covering
from ..choices import WaveStatus
from ..covering import Capacity, Requirement
from ..models import Aspect, Finding, PilotCandidate, PilotWave

SHOWN = 12


@dataclass(frozen=True)
class Covered:
    """One business unit or theater, with the pilots that cover it, or why it is gone without."""

    label: str
    kind: str
    pilots: list[Any]
    waived: str = ""

    @property
    def tone(self) -> str:
        return "good" if self.pilots else "neutral" if self.waived else "warn"

    @property
    def says(self) -> str:
        if self.pilots:
            return listed([pilot.account.name for pilot in self.pilots])
        return _("gone without: %(why)s") % {"why": self.waived} if self.waived else _("no pilot yet")


class WavePage(OnePage[PilotWave]):
    """One wave, for one reader."""

    @property
    def may_plan(self) -> bool:
        return self.of.status == WaveStatus.PLANNING and program_managers(self.user)

    @property
    def may_size(self) -> bool:
        """The answers can be changed as long as pilots are chosen by them."""
        return self.of.status in (WaveStatus.PLANNING, WaveStatus.SELECTING) and program_managers(self.user)

    @property
    def may_propose(self) -> bool:
        return self.of.status == WaveStatus.SELECTING and program_office(self.user)

    @property
    def may_see_plan(self) -> bool:
        return self.of.status != WaveStatus.PLANNING and overseers(self.user)

    @property
    def has_begun(self) -> bool:
        return self.of.launched_on is not None

    @property
    def may_report(self) -> bool:
        return self.of.status in (WaveStatus.RUNNING, WaveStatus.EVALUATING) and program_office(self.user)

    @property
    def outcome_tone(self) -> str:
        return Outcome.tones[self.of.outcome]

    # Sizing

    @cached_property
    def room(self) -> Capacity:
        return covering.capacity(self.of)

    @property
    def units_said(self) -> str:
        if self.of.differs_by_unit is None:
            return ""
        return listed(self.of.units) if self.of.differs_by_unit else _("no: one kind of pilot will do")

    @property
    def countries_said(self) -> str:
        if self.of.abroad is None:
            return ""
        return listed(self.of.countries) if self.of.abroad else _("no: the home country alone")

    @cached_property
    def warnings(self) -> list[str]:
        """Before the launch what it would be warned of, after it what it was warned of."""
        if self.of.status == WaveStatus.PLANNING:
            return []
        return self.of.warned if self.has_begun else covering.warnings_of_places(self.of)

    # What is covered

    @cached_property
    def pilots(self) -> list[PilotCandidate]:
        return covering.pilots(self.of)

    @cached_property
    def places(self) -> list[Covered]:
        """Business units and theaters, with who covers them."""
        rows = [Covered(one.label, one.kind, self.covering(one)) for one in covering.places(self.of)]
        gone = [Covered(unit, covering.UNIT, [], why) for unit, why in self.of.waived.items() if unit in self.of.units]
        return [*rows, *gone]

    def covering(self, one: Requirement) -> list[PilotCandidate]:
        return [pilot for pilot in self.pilots if covering.covers(pilot, one, ())]

    @cached_property
    def aspects(self) -> list[Aspect]:
        """What is to be tested, as long as no pilot has begun."""
        return [] if self.has_begun else list(self.of.aspects.all())

    # Who takes part, what was found, who contributes

    @cached_property
    def candidates(self) -> list[PilotCandidate]:
        """The first of the ranked list."""
        rows = PilotCandidate.objects.visible_to(self.user).filter(wave=self.of).for_page().ranked()
        return list(rows[: SHOWN + 1])

    @property
    def shown(self) -> list[PilotCandidate]:
        return self.candidates[:SHOWN]

    @property
    def has_more(self) -> bool:
        return len(self.candidates) > SHOWN

    @cached_property
    def findings(self) -> list[Finding]:
        rows = Finding.objects.visible_to(self.user).filter(wave=self.of).for_page()
        return list(rows[:SHOWN])

    @property
    def span(self) -> str:
        if self.of.launched_on and self.of.ends_on:
            return _("%(begins)s to %(ends)s") % {"begins": day(self.of.launched_on), "ends": day(self.of.ends_on)}
        return _("until %(ends)s") % {"ends": day(self.of.ends_on)} if self.of.ends_on else ""
