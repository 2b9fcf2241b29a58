"""Who may do what with an account, and who is told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import leaders, program_office, role


@role(_("the account manager"))
def account_manager(user: User, account: Any) -> bool:
    return user.has(Role.REP) and user.acts_as(account.manager_id)


@role(_("a sales leader above the account manager"))
def leader_of_account(user: User, account: Any) -> bool:
    return leaders(user) and account.manager_id is not None and user.acts_as(account.manager.reports_to_id)


@role(_("the account manager, the leader above, or the program office"))
def keepers(user: User, account: Any) -> bool:
    """Who says what is known of an account; an account manager may be a leader who reports to nobody."""
    return program_office(user) or user.acts_as(account.manager_id) or leader_of_account(user, account)


def the_leader(account: Any) -> list[User]:
    """The account manager's own leader; the account manager where nobody is above."""
    if account.manager is None:
        return []
    return [account.manager.reports_to or account.manager]


def the_manager(account: Any) -> list[User]:
    return [account.manager] if account.manager else []
