"""What the gates of the program and of its years ask for, each with the sentence that says what is missing (G-01)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import role
from acr_program.ui.phrases import names as listed
from acr_program.workflow.steps import Need

from .choices import Audience, Outcome, ReceiptStatus, TrainingStatus

ROLES = {
    Audience.LEADERS: (Role.LEADER,), Audience.FORCE: (Role.REP,), Audience.BOTH: (Role.LEADER, Role.REP),
}  # fmt: skip


@role(gettext_lazy("the leader themselves"))
def that_leader(user: User, alignment: Any) -> bool:
    return bool(user.pk == alignment.leader_id and user.has(Role.LEADER))


@role(gettext_lazy("whoever is told, for themselves"))
def that_reader(user: User, receipt: Any) -> bool:
    """Nobody confirms in the place of somebody else (G-05)."""
    return bool(user.pk == receipt.person_id)


def the_leader(alignment: Any) -> list[User]:
    return [alignment.leader]


def the_reader(receipt: Any) -> list[User]:
    """Who still has to confirm it."""
    return [receipt.person] if receipt.status == ReceiptStatus.ASKED else []


@role(gettext_lazy("whoever takes the training"))
def that_trainee(user: User, assignment: Any) -> bool:
    return bool(user.pk == assignment.person_id)


def the_trainee(assignment: Any) -> list[User]:
    """Who still has to take it."""
    return [assignment.person] if assignment.status == TrainingStatus.ASSIGNED else []


@role(gettext_lazy("whoever asked"))
def that_asker(user: User, question: Any) -> bool:
    return bool(user.pk == question.asked_by_id)


@role(gettext_lazy("the administrator to whom it was given"))
def given_it(user: User, question: Any) -> bool:
    return bool(user.pk == question.given_to_id and user.has(Role.ADMIN))


def the_asker(question: Any) -> list[User]:
    return [question.asked_by]


def the_administrator(question: Any) -> list[User]:
    """To whom the program manager gave it."""
    return [question.given_to] if question.given_to_id else []


def the_managers(question: Any) -> Iterable[User]:
    """Everybody at work who answers what is asked of the program (R-07)."""
    return User.objects.holding(Role.MANAGER)


def readers(communication: Any) -> Iterable[User]:
    """Everybody at work whom it is for."""
    return User.objects.holding(*ROLES[Audience(communication.audience)])


has_owner = Need(
    gettext_lazy("Nobody owns the program yet: name its owner under Ownership."),
    lambda program: program.owner_id is not None,
)
has_team = Need(
    gettext_lazy("No team drives the program yet: name it and its lead under Ownership."),
    lambda program: bool(program.team and program.team_lead_id),
)
has_goals = Need(
    gettext_lazy("The program has no goal yet: write one down with measure, target and period under Ownership."),
    lambda program: "goal" in program.written,
)
OWNERSHIP = (has_owner, has_team, has_goals)


def not_agreed(program: Any) -> str:
    """Which leaders do not stand behind the program yet, each with how far they are."""
    words = [f"{leader.name} ({label})" for leader, label in program.not_agreed()]
    return _("Not every leader has agreed yet: %(leaders)s.") % {"leaders": listed(words)} if words else ""


leaders_agreed = Need(
    gettext_lazy("Every sales leader has agreed."), lambda program: not not_agreed(program), not_agreed
)
ALIGNMENT = (leaders_agreed,)
has_target = Need(
    gettext_lazy("How many reviews are to be delivered is not said yet: write a target down under Accountability."),
    lambda program: "ramp" in program.written,
)
has_duties = Need(
    gettext_lazy(
        "No step of the process is the sales representatives' yet: write their part down under Accountability."
    ),
    lambda program: "duty" in program.written,
)
has_metrics = Need(
    gettext_lazy("How success is measured is not said yet: write a metric down under Accountability."),
    lambda program: "metric" in program.written,
)
has_trainings = Need(
    gettext_lazy("Which training is delivered is not said yet: write one down under Accountability."),
    lambda program: "training" in program.written,
)
ACCOUNTABILITY = (has_target, has_duties, has_metrics, has_trainings)
NEEDED = (*OWNERSHIP, *ALIGNMENT, *ACCOUNTABILITY)


def once(need: Need) -> Need:
    """The same need, asked once for each row that is read: the page says the parts as well as the step they shut."""
    return Need(need.says, lambda program: not program.lacks[need], lambda program: str(program.lacks[need]))


CHARTER = tuple(once(need) for need in NEEDED)


def last_wave_says(program: Any) -> str:
    """Why the pilots do not lead to a roll-out yet; nothing where they do."""
    last = program.concludedwave_lines.first()
    if last is None:
        return _("No pilot wave is concluded yet: enter one below with its outcome.")
    if last.outcome == Outcome.ROLL_OUT:
        return ""
    words = _("The last pilot wave, %(wave)s, came to “%(outcome)s”: a later one has to say “%(wanted)s”.")
    return words % {"wave": last.name, "outcome": last.get_outcome_display(), "wanted": Outcome.ROLL_OUT.label}


pilot_says_roll_out = Need(
    gettext_lazy("A pilot wave is concluded, and its outcome is to roll out."),
    lambda program: not last_wave_says(program),
    last_wave_says,
)

has_newcomers = Need(
    gettext_lazy("Everybody whom it is for has been asked."), lambda communication: bool(communication.newcomers())
)
has_readers = Need(
    gettext_lazy("Nobody holds the role that it is for: invite them first."),
    lambda communication: any(True for _reader in readers(communication)),
)
year_has_owner = Need(
    gettext_lazy("Nobody owns the program yet: name its owner on the page Ownership of the program."),
    lambda year: year.program is not None and has_owner.holds(year.program),
)
year_has_goals = Need(
    gettext_lazy("No goal has a period that reaches into this year: write one down on the page Ownership."),
    lambda year: year.goals.exists(),
)


def not_settled(year: Any) -> str:
    """Which topics which leader has neither confirmed nor been waived by name."""
    words = [f"{leader.name} ({listed(topics)})" for leader, topics in year.not_settled()]
    sentence = _("Leaders have still to confirm what they are told of this year, or are waived by name: %(leaders)s.")
    return sentence % {"leaders": listed(words)} if words else ""


leaders_settled = Need(
    gettext_lazy("Every sales leader has confirmed each topic, or is waived by name."),
    lambda year: not not_settled(year),
    not_settled,
)
expectations_published = Need(
    gettext_lazy("What is expected this year is not published to leaders and representatives yet."),
    lambda year: not not_published(year),
    lambda year: not_published(year),
)
TO_START = (leaders_settled, expectations_published)


def not_published(year: Any) -> str:
    """To which of the two audiences no expectations are published (G-05, G-15)."""
    known = year.published_to()
    lacking = [str(one.label).lower() for one in (Audience.LEADERS, Audience.FORCE) if one not in known]
    sentence = _("What is expected this year is not published yet to %(whom)s: write it under Accountability.")
    return sentence % {"whom": listed(lacking)} if lacking else ""


def of_year(need: Need) -> Need:
    """What the charter needs, asked of a year: its program has to have it."""
    return Need(need.says, lambda year: year.program is not None and need.holds(year.program))


TO_ANNOUNCE = (year_has_owner, year_has_goals, *(of_year(need) for need in ACCOUNTABILITY))
