"""Account plans in the navigation, and in the words of the log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.desk.beside.records import talked
from acr_program.people.choices import Role
from acr_program.ui import nav
from acr_program.workflow.words import Outcome, say, tell_outcomes

from ..models import AccountPlan
from ..navigation import SEES_PROGRAMME

READS = (*SEES_PROGRAMME, Role.CONTRIBUTOR)  # a contributor sees those plans alone in which they are named


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    nav.entry(
        _("Account plans"), "keyaccounts:plans", "star", "program", order=59, visible=lambda user: user.has(*READS)
    )
    talked(AccountPlan)
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
