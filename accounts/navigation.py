"""Accounts in the navigation, in the search, and on the page of whoever manages them."""

from django.utils.translation import gettext_lazy as _

from acr_program.desk.beside.records import talked
from acr_program.desk.commands import command
from acr_program.desk.search import searcher
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_office
from acr_program.ui import nav
from acr_program.workflow.registry import edit_door, panel
from acr_program.workflow.words import Outcome, say, tell_outcomes

from .finding import find
from .forms import EDITED_ALONE
from .models import Account
from .pages import of_person

SEES_ACCOUNTS = (Role.REP, Role.LEADER, Role.ADMIN, Role.MANAGER, Role.EXECUTIVE, Role.AUDITOR)


def register() -> None:
    """Called once from AccountsConfig.ready."""
    nav.entry(
        _("Accounts"), "accounts:accounts", "building", "customers", order=10,
        visible=lambda user: user.has(*SEES_ACCOUNTS),
    )  # fmt: skip
    searcher("accounts", _("Accounts"), find, order=10, all_url="accounts:accounts")
    command(_("Add an account"), "accounts:new", "plus", program_office, _("new customer"))
    panel(User, of_person)
    talked(Account)
    edit_door(Account, EDITED_ALONE, program_office)
    say(
        Account, create=_("entered the account"), edit=_("changed the facts of the account"),
        win=_("won the account as a customer"), flag_risk=_("flagged a risk"),
        recover=_("said that the account has recovered"), close=_("closed the account"), reopen=_("reopened the account"),
    )  # fmt: skip
    tell_outcomes(
        Account,
        win=Outcome(_("The account is won as a customer"), _("It may have reviews from now on.")),
        flag_risk=Outcome(_("A risk is flagged"), _("The leader above the account manager owes a recovery plan.")),
        recover=Outcome(_("The account has recovered"), _("No recovery plan is awaited any more.")),
        close=Outcome(_("The account is closed"), _("What was under way for it is cancelled with the same reason.")),
        reopen=Outcome(_("The account is open again"), _("It may have reviews from now on.")),
    )
