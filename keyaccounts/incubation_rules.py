"""Who may do what in incubation, what its steps need, and who is asked. Functions of the object; no models."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import executives, program_office, role
from acr_program.ui.phrases import long_day
from acr_program.workflow.steps import Need

from .choices_incubation import OPEN_CYCLE, Direction


@role(gettext_lazy("the account manager"))
def account_manager(user: User, obj: Any) -> bool:
    return user.acts_as(obj.membership.account.manager_id)


@role(gettext_lazy("the program office or the account manager"))
def keeps_books(user: User, cycle: Any) -> bool:
    """Who plans and books what an incubation takes."""
    return program_office(user) or account_manager(user, cycle)


@role(gettext_lazy("a senior executive who does not manage the account"))
def lifts(user: User, membership: Any) -> bool:
    """Nobody lifts the limit of an account of their own, nor of one that they keep the books of for somebody away (K-12)."""
    return executives(user) and not user.acts_as(membership.account.manager_id)


@role(gettext_lazy("a senior executive who does not manage the account"))
def lifts_of_cycle(user: User, cycle: Any) -> bool:
    return lifts(user, cycle.membership)


# Who is asked


def who_gives_actuals(checkpoint: Any) -> Iterable[User]:
    """The account manager, where there is something that only people know; without one, whoever manages the program."""
    if not checkpoint.asks_people:
        return []
    manager = checkpoint.membership.account.manager
    return [manager] if manager else User.objects.holding(Role.MANAGER)


def who_manages(obj: Any) -> list[User]:
    manager = obj.membership.account.manager
    return [manager] if manager else []


# What a standard needs


def lacks_thresholds(standard: Any) -> str:
    measures = list(standard.measures.all())
    if not any(one.decides and one.entry_target is not None for one in measures):
        return _("Write down at least one requirement with a target to enter.")
    if not any(one.decides and one.maintain_target is not None for one in measures):
        return _("Write down at least one requirement with a target to stay.")
    return ""


has_both_thresholds = Need(
    gettext_lazy("There is at least one requirement to enter, and one to stay."),
    lambda standard: not lacks_thresholds(standard),
    lacks_thresholds,
)


# What a checkpoint needs


def is_settled(checkpoint: Any) -> bool:
    """Whether what it was measured for is decided already."""
    if checkpoint.cycle_id:
        return checkpoint.cycle.status not in OPEN_CYCLE
    return bool(checkpoint.membership.status != "in_re_review")


not_settled = Need(
    gettext_lazy("It is decided already: what was measured stays as it was shown."), lambda row: not is_settled(row)
)


# What the membership's steps need, hung on them in `actions.incubation_following`


def too_early(membership: Any) -> str:
    """No decision before the year is over, unless the exception is on record (K-11)."""
    ends = membership.incubating_until
    if ends is None or membership.exception or ends <= localdate():
        return ""
    said = _("The year of incubation ends on %(day)s: nothing is decided before, unless the panel was called early.")
    return said % {"day": long_day(ends)}


year_is_over = Need(
    gettext_lazy("The year of incubation is over, or the exception is on record."),
    lambda membership: not too_early(membership),
    too_early,
)


def meets(value: Any, target: Any, direction: str) -> bool | None:
    """Whether a value reaches its target; None where either is not known."""
    if value is None or target is None:
        return None
    return bool(value >= target if direction == Direction.AT_LEAST else value <= target)
