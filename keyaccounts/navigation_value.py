"""What customers get, are told and know: in the navigation and in the words of the log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.desk.commands import command
from acr_program.people.roles import program_managers
from acr_program.ui import nav
from acr_program.workflow.words import Outcome, say, tell_outcomes

from .models import Knowing, Proposition, Statement, Understanding
from .pages.value import reader_of


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    nav.entry(_("What they get"), "keyaccounts:propositions", "star", "program", order=58, visible=reader_of)
    command(_("Write down what customers get"), "keyaccounts:new-proposition", "plus", program_managers, _("value"))
    words_of_value()
    words_of_statements()


def words_of_value() -> None:
    say(
        Proposition, create=_("began the draft"), edit=_("changed the draft"), publish=_("put it in force"),
        replace=_("replaced it by a newer version"), discard=_("discarded the draft"),
    )  # fmt: skip
    say(
        Understanding, create=_("asked the function"), edit=_("changed it"), confirm=_("confirmed that the function knows it"),
        hand_on=_("asked whoever answers for the function now"), lapse=_("asks no more"),
    )  # fmt: skip
    tell_outcomes(
        Proposition,
        publish=Outcome(_("It is in force"), _("Statements to customers say it from now on; the functions are asked.")),
        replace=Outcome(_("It is replaced"), _("What customers were told by it stays on file.")),
        discard=Outcome(_("The draft is discarded"), _("What it said stays on its page.")),
    )
    tell_outcomes(
        Understanding,
        confirm=Outcome(_("It is confirmed"), _("Your function counts among those that know it.")),
        hand_on=Outcome(_("It is asked anew"), _("Whoever answers for the function now has it.")),
        lapse=Outcome(_("It is asked no more"), _("The newer version is asked about.")),
    )


def words_of_statements() -> None:
    say(
        Statement, create=_("began it"), edit=_("changed it"), write=_("wrote it"), submit=_("handed it in for approval"),
        hand_back=_("handed it back"), approve=_("approved it"), send=_("sent it to the customer"),
        send_again=_("sent it again"), confirm=_("confirmed it"),
        confirm_said=_("noted that the customer confirmed it"), end=_("ended it"),
    )  # fmt: skip
    say(
        Knowing, create=_("began to follow it"), edit=_("changed it"), tell=_("noted that the customer was told"),
        confirm=_("noted that the customer confirmed it"),
    )  # fmt: skip
    tell_outcomes(
        Statement,
        write=Outcome(_("It is written"), _("It can be sent to the customer.")),
        submit=Outcome(_("It is handed in"), _("The program manager or the sales leader approves it.")),
        hand_back=Outcome(_("It is handed back"), _("Whoever wrote it sees what is to be changed.")),
        approve=Outcome(_("It is approved"), _("It can be sent to the customer.")),
        send=Outcome(_("It is on its way"), _("To whom, when and how it went stands on its page.")),
        send_again=Outcome(_("It is on its way again"), _("To whom, when and how it went stands on its page.")),
        confirm=Outcome(_("It is confirmed"), _("The account manager is told.")),
        confirm_said=Outcome(_("It is noted"), _("The customer knows what is expected, and what it gets.")),
        end=Outcome(_("It holds no more"), _("Its links open nothing any more.")),
    )
    tell_outcomes(
        Knowing,
        tell=Outcome(_("It is noted"), _("The customer was told; nobody there has confirmed it yet.")),
        confirm=Outcome(_("It is noted"), _("The customer knows what it gets.")),
    )
