"""Who may do what with pilots, what their steps need, and who is asked. Functions of the object; no models."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import leaders, program_managers, program_office, role
from acr_program.ui.phrases import names as listed
from acr_program.workflow.book import once
from acr_program.workflow.steps import Need

from . import covering
from .choices import CandidateStatus, Evidence, FindingStatus
from .scorecard import Line, scorecard


@role(gettext_lazy("the account manager"))
def own_manager(user: User, candidate: Any) -> bool:
    return user.acts_as(candidate.manager_id)


@role(gettext_lazy("the sales leader above the account manager; without one, the program manager"))
def rater(user: User, candidate: Any) -> bool:
    """Nobody rates themselves (P-12)."""
    if user.pk == candidate.manager_id:
        return False
    above = candidate.manager.reports_to_id
    return program_managers(user) if above is None else leaders(user) and user.acts_as(above)


@role(gettext_lazy("the sales representative of the account"))
def rep_of_account(user: User, candidate: Any) -> bool:
    return user.has(Role.REP) and own_manager(user, candidate)


@role(gettext_lazy("whoever owns the finding"))
def owner_of_finding(user: User, finding: Any) -> bool:
    return user.acts_as(finding.owner_id)


@role(gettext_lazy("the program office or a sales leader"))
def judges(user: User, candidate: Any = None) -> bool:
    return program_office(user) or leaders(user)


def the_manager(candidate: Any) -> list[User]:
    return [candidate.manager]


def the_managers(candidate: Any) -> Iterable[User]:
    """Whoever manages the program, read once for a click."""
    return once("who manages the program", lambda: list(User.objects.holding(Role.MANAGER)))


def the_owner(finding: Any) -> list[User]:
    return [finding.owner]


# What the two persons concerned are asked


def line_for(candidate: Any, evidence: str) -> Line | None:
    """The line of the scorecard that takes this evidence, where the criteria ask for it."""
    return next((line for line in scorecard(candidate).lines if line.criterion.evidence == evidence), None)


def criterion_for(candidate: Any, evidence: str) -> Any:
    """The criterion that takes this evidence; the step that asks for it needs that there is one."""
    line = line_for(candidate, evidence)
    return line.criterion if line else None


def still_asked(candidate: Any, evidence: str) -> bool:
    line = line_for(candidate, evidence)
    return line is not None and line.judgement is None


def who_has_to_agree(candidate: Any) -> list[User]:
    return [candidate.manager] if still_asked(candidate, Evidence.AGREEMENT) else []


def who_has_to_rate(candidate: Any) -> list[User]:
    above = candidate.manager.reports_to
    return [above] if above and still_asked(candidate, Evidence.PLAN) else []


def who_gives_feedback(candidate: Any) -> list[User]:
    return [candidate.manager] if covering.feedback_lacks(candidate) else []


def who_mends(finding: Any) -> list[User]:
    return [finding.owner] if finding.to_be_mended else []


def who_reported(finding: Any) -> list[User]:
    return [finding.reported_by]


def who_completes(candidate: Any) -> Iterable[User]:
    """Once nothing is left to be answered, the office ends it."""
    return [] if covering.feedback_lacks(candidate) else User.objects.holding(Role.ADMIN)


agreement_asked = Need(
    gettext_lazy("The criteria do not ask for the account manager’s agreement."),
    lambda candidate: line_for(candidate, Evidence.AGREEMENT) is not None,
)
rating_asked = Need(
    gettext_lazy("The criteria do not ask how the account manager plans."),
    lambda candidate: line_for(candidate, Evidence.PLAN) is not None,
)


# What a wave needs

units_answered = Need(
    gettext_lazy("Answer whether processes or tools differ by business unit; if so, name the units."),
    lambda wave: wave.differs_by_unit is False or bool(wave.differs_by_unit and wave.units),
)
countries_answered = Need(
    gettext_lazy("Answer whether countries outside the home country take part; if so, name them."),
    lambda wave: wave.abroad is False or bool(wave.abroad and wave.countries),
)
staff_answered = Need(
    gettext_lazy("Say how many accounts one person of the office can carry, and until when the wave runs."),
    lambda wave: wave.per_person is not None and wave.ends_on is not None,
)
has_roster = Need(
    gettext_lazy("Nobody stands on the office’s roster with a share of their time: write it down under Office."),
    lambda wave: bool(covering.capacity(wave).shares),
)
has_aspects = Need(
    gettext_lazy("Say which steps of the process and which tools are tested."), lambda wave: wave.aspects.exists()
)
has_criteria = Need(
    gettext_lazy("There are no criteria yet: write them down first."), lambda wave: wave.has_criteria_in_force
)
newer_criteria = Need(
    gettext_lazy("The wave is judged by the newest criteria already."), lambda wave: wave.has_newer_criteria
)
has_gap = Need(gettext_lazy("Every business unit has a pilot."), lambda wave: bool(covering.units_open(wave)))
program_pilots = Need(
    gettext_lazy("The program is still being designed: start the pilot on the page of the program first."),
    lambda wave: wave.program_has_begun,
)
has_pilots = Need(
    gettext_lazy("No candidate is selected yet."),
    lambda wave: any(pilot.status == CandidateStatus.SELECTED for pilot in covering.pilots(wave)),
)


def units_said(wave: Any) -> str:
    """Which business units have neither a pilot nor a written reason to go without (P-16)."""
    open_ = covering.units_open(wave)
    said = _("Select a pilot in each of these business units, or say why the wave goes without: %(units)s.")
    return said % {"units": listed(open_)} if open_ else ""


has_choice = Need(
    gettext_lazy("Nobody is qualified yet."),
    lambda wave: wave.candidates.filter(status__in=[CandidateStatus.QUALIFIED, CandidateStatus.SELECTED]).exists(),
)
units_covered = Need(
    gettext_lazy("Every business unit has a pilot, or a written reason to go without."),
    lambda wave: not units_said(wave),
    units_said,
)


def no_longer_pass(wave: Any) -> str:
    """Which selected candidates do not pass any more, and why (P-08, P-09)."""
    selected = [row for row in covering.pilots(wave) if row.status == CandidateStatus.SELECTED]
    found = [(row, scorecard(row).lacking) for row in selected]
    words = [f"{row.account.name} ({listed(lacking)})" for row, lacking in found if lacking]
    return _("Not every selected candidate still passes: %(names)s.") % {"names": listed(words)} if words else ""


pilots_still_pass = Need(
    gettext_lazy("Every selected candidate still passes both scorecards."),
    lambda wave: not no_longer_pass(wave),
    no_longer_pass,
)


def still_active(wave: Any) -> str:
    rows = wave.candidates.filter(status=CandidateStatus.ACTIVE).order_by("pk")
    names = list(rows.values_list("account__name", flat=True))
    said = _("Some pilots are still active: complete them, or withdraw them: %(names)s.")
    return said % {"names": listed(names)} if names else ""


pilots_ended = Need(
    gettext_lazy("Every pilot is completed or withdrawn."), lambda wave: not still_active(wave), still_active
)
findings_decided = Need(
    gettext_lazy("A finding is still to be decided: say what becomes of it first."),
    lambda wave: not wave.findings.filter(status=FindingStatus.REPORTED).exists(),
)


# What a candidate needs


def lacks(candidate: Any) -> str:
    """What of the two scorecards is not met, and what is on file against it (P-15)."""
    lacking = scorecard(candidate).lacking
    return _("Both scorecards have to pass: %(lacking)s.") % {"lacking": listed(lacking)} if lacking else ""


both_pass = Need(gettext_lazy("Both scorecards pass."), lambda candidate: not lacks(candidate), lacks)
wave_selects = Need(
    gettext_lazy("The wave does not select candidates now."), lambda candidate: candidate.wave.status == "selecting"
)
wave_takes = Need(
    gettext_lazy("No pilot joins the wave any more."),
    lambda candidate: candidate.wave.status in ("selecting", "running"),
)
no_other_pilot = Need(
    gettext_lazy("The account is a pilot in another wave."), lambda candidate: not candidate.in_other_wave
)
is_to_be_mended = Need(gettext_lazy("It is decided to leave it as it is."), lambda finding: bool(finding.to_be_mended))
has_flag = Need(gettext_lazy("Nothing is flagged."), lambda candidate: bool(candidate.flag))
no_flag = Need(
    gettext_lazy("The flag is not settled yet: say whether the pilot goes on."), lambda candidate: not candidate.flag
)


def feedback_said(candidate: Any) -> str:
    lacking = covering.feedback_lacks(candidate)
    return _("The account manager has still to answer: %(lacking)s.") % {"lacking": listed(lacking)} if lacking else ""


has_feedback = Need(
    gettext_lazy("The account manager has given feedback on processes, tools and customer impact."),
    lambda candidate: not feedback_said(candidate),
    feedback_said,
)
