"""Who says, approves and confirms what customers are told, and what those steps need. Functions of the object; no models."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from accounts import rules as accounts
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import leaders, program_managers, program_office, role
from acr_program.workflow.book import once
from acr_program.workflow.steps import Need


def account_of(row: Any) -> Any:
    """The account of a statement or of what is known, or of a membership itself."""
    return getattr(row, "membership", row).account


@role(gettext_lazy("the account manager, the leader above, or the program office"))
def account_side(user: User, row: Any) -> bool:
    return accounts.keepers(user, account_of(row))


@role(gettext_lazy("the program manager or the sales leader above the account manager"))
def approver(user: User, row: Any) -> bool:
    """Nobody approves what they wrote for their own account."""
    account = account_of(row)
    if user.pk == account.manager_id:
        return False
    return program_managers(user) or (leaders(user) and accounts.leader_of_account(user, account))


@role(gettext_lazy("whoever answers for the function"))
def own_person(user: User, understanding: Any) -> bool:
    return user.acts_as(understanding.person_id)


@role(gettext_lazy("the program manager, or the account manager for an own account"))
def writes_value(user: User, proposition: Any = None) -> bool:
    """A draft; only the program manager puts it in force."""
    account = getattr(proposition, "account", None)
    return program_managers(user) or (account is not None and accounts.account_manager(user, account))


def the_managers() -> list[User]:
    return once("who manages the program", lambda: list(User.objects.holding(Role.MANAGER)))


def account_hands(row: Any) -> list[User]:
    """The account manager; whoever manages the program where the account has none."""
    manager = account_of(row).manager
    return [manager] if manager else the_managers()


def account_people(row: Any) -> list[User]:
    """The account manager and the leader above."""
    account = account_of(row)
    return [*account_hands(row), *(person for person in accounts.the_leader(account) if person != account.manager)]


def who_writes(statement: Any) -> list[User]:
    """Only a farewell is written by hand."""
    return account_hands(statement) if statement.is_farewell else []


def who_hears(statement: Any) -> list[User]:
    """A farewell asks nothing of the customer."""
    return [] if statement.is_farewell else account_hands(statement)


def who_takes_over(statement: Any) -> list[User]:
    return [statement.to_person] if statement.to_person else []


def the_person(understanding: Any) -> list[User]:
    return [understanding.person]


has_proof = Need(
    gettext_lazy("It has no proof point yet: add at least one figure, outcome or word of a customer."),
    lambda proposition: proposition.proofs.exists(),
)
has_contact = Need(
    gettext_lazy("Nobody is on file at the customer: add a contact to the account first."),
    lambda statement: account_of(statement).contacts.exists(),
)
expects_something = Need(
    gettext_lazy("A farewell is written by whoever has the account, and approved."),
    lambda statement: not statement.is_farewell,
)
says_farewell = Need(
    gettext_lazy("Only the end of a status is approved before it is told."), lambda statement: statement.is_farewell
)
plan_is_whole = Need(
    gettext_lazy("The hand-over plan, the message, the person or the day is missing: hand it back."),
    lambda statement: bool(
        statement.message and statement.handover and statement.to_person_id and statement.handed_over_on
    ),
)
has_another_contributor = Need(
    gettext_lazy("The function is answered for by the person who is asked, or by nobody."),
    lambda understanding: bool(
        understanding.function.contributor and understanding.function.contributor_id != understanding.person_id
    ),
)


def may_write_anew(user: User, membership: Any) -> bool:
    return bool(program_office(user) or account_side(user, membership))
