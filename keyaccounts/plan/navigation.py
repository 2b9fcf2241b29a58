"""Account plans in the navigation, on the pages of accounts, and in the words of the log."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from acr_program.people.models import User
from acr_program.ui import nav
from acr_program.workflow.registry import panel
from acr_program.workflow.words import Outcome, say, tell_outcomes

from ..models import AccountPlan
from ..pages.value import reader_of


def of_account(account: Account, user: User) -> Any:
    """The plans of an account, on its page; nothing where there is none that this person sees."""
    plans = list(AccountPlan.objects.visible_to(user).filter(membership__account=account).for_page()[:5])
    return render_to_string("keyaccounts/plans_of_account.html", {"plans": plans}) if plans else None


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    nav.entry(_("Account plans"), "keyaccounts:plans", "star", "program", order=59, visible=reader_of)
    panel(Account, of_account)
    say(
        AccountPlan, create=_("began the plan"), edit=_("worked on the plan"), share=_("shared it"),
        share_again=_("shared it as it was then"), agree=_("agreed to it"), put_in_force=_("put it in force"),
        review=_("opened the review"), resume=_("closed the review"), archive=_("archived it"),
    )  # fmt: skip
    tell_outcomes(
        AccountPlan,
        share=Outcome(_("It is shared"), _("What it says is kept as a version; the customer is asked to confirm it.")),
        share_again=Outcome(_("It is shared"), _("The customer is asked to confirm what it says now.")),
        agree=Outcome(_("It is agreed"), _("It can be put in force.")),
        put_in_force=Outcome(_("It is in force"), _("It is reviewed in a quarter.")),
        review=Outcome(_("The review is open"), _("Whoever has the account says what it comes to.")),
        resume=Outcome(_("The review is done"), _("The next one is a quarter away.")),
        archive=Outcome(_("It is archived"), _("It stays to be read; its links open nothing any more.")),
    )
