"""Who may do what with rounds and memberships, what their steps need, and who is asked. Functions of the object; no models."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import AccountStatus
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import holder_of, leaders, program_office, role
from acr_program.workflow.book import once
from acr_program.workflow.steps import Need

from .choices import MembershipStatus

vetoers = holder_of(gettext_lazy("the program manager or a senior executive"), Role.MANAGER, Role.EXECUTIVE)
nominators = holder_of(
    gettext_lazy("a sales representative, a sales leader or the program office"),
    Role.REP, Role.LEADER, Role.ADMIN, Role.MANAGER,
)  # fmt: skip


@role(gettext_lazy("the chair of the panel"))
def chair(user: User, membership: Any) -> bool:
    return user.acts_as(membership.chair_id)


def may_nominate(user: User, account: Any) -> bool:
    """Of the nominators whoever manages the account, the leader above, or the office (K-06)."""
    above = account.manager.reports_to_id if account.manager else None
    own = user.acts_as(account.manager_id) or (leaders(user) and user.acts_as(above))
    return nominators(user) and (program_office(user) or own)


def is_customer(account: Any) -> bool:
    """Neither a prospect nor closed: such accounts alone are nominated."""
    return account.status in (AccountStatus.ACTIVE, AccountStatus.AT_RISK)


def the_managers(_obj: Any) -> Iterable[User]:
    """Whoever manages the program, read once for a click."""
    return once("who manages the program", lambda: list(User.objects.holding(Role.MANAGER)))


def who_hears_of_a_round(_obj: Any) -> Iterable[User]:
    """Sales leaders, who nominate with their people, and whoever manages the program."""
    return User.objects.holding(Role.LEADER, Role.MANAGER)


def the_owner(membership: Any) -> list[User]:
    """Whoever manages the account."""
    manager = membership.account.manager
    return [manager] if manager else []


def the_nominator(membership: Any) -> list[User]:
    """Whoever nominated it, where that is somebody else than its manager."""
    by = membership.nominated_by
    return [by] if by.pk != membership.account.manager_id else []


def undecided(of: Any) -> list[Any]:
    """The nominations of a round that nobody has decided on yet; one query."""
    rows = of.memberships.filter(status=MembershipStatus.NOMINATED).select_related("account")
    return once(f"undecided of round {of.pk}", lambda: list(rows))


def open_nominations(of: Any) -> str:
    left = [one.account.name for one in undecided(of)]
    return _("Not decided yet: %(accounts)s.") % {"accounts": ", ".join(left[:5])} if left else ""


round_decided = Need(
    gettext_lazy("Every nomination of the round is vetoed, filtered out or passed."),
    lambda of: not undecided(of), names=open_nominations,
)  # fmt: skip
has_chair = Need(
    gettext_lazy("The panel has no chair yet: name one among the settings of the programme."),
    lambda membership: membership.chair_id is not None,
)
