"""Who may write to an account past its steps; each refusal names who may."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.roles import administrators, program_office

from ..models import Account
from ..rules import keepers


def check_office(by: User) -> None:
    if not program_office(by):
        raise PermissionDenied(_("Accounts are changed by %(who)s.") % {"who": program_office.title})


def check_designating(by: User) -> None:
    if not administrators(by):
        raise PermissionDenied(_("Who approves is settled by %(who)s.") % {"who": administrators.title})


def check_contact(account: Account, by: User) -> None:
    if not (program_office(by) or by.acts_as(account.manager_id)):
        raise PermissionDenied(
            _("Contacts are changed by the account manager, or by %(who)s.") % {"who": program_office.title}
        )


def check_keeper(account: Account, by: User) -> None:
    if not keepers(by, account):
        raise PermissionDenied(_("What is known of an account is kept by %(who)s.") % {"who": keepers.title})


def check_bulk(by: User) -> None:
    """Figures of many accounts come from the office, or from the program itself."""
    if not by.is_system:
        check_office(by)
