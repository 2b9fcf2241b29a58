"""Panels in the navigation, in the words of the log and of what a step leads to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.desk.commands import command
from acr_program.people.choices import Role
from acr_program.people.roles import program_managers
from acr_program.ui import nav
from acr_program.workflow.words import Outcome, say, tell_outcomes

from .models import Ballot, PanelReview, PanelSession

SEES_PANELS = (Role.ADMIN, Role.MANAGER, Role.EXECUTIVE, Role.AUDITOR)


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    nav.entry(
        _("Panels"), "keyaccounts:panels", "people", "program", order=62, visible=lambda user: user.has(*SEES_PANELS)
    )
    command(_("Plan a panel"), "keyaccounts:new-panel", "plus", program_managers, _("panel, session, key accounts"))
    words_of_panels()
    words_of_reviews()


def words_of_panels() -> None:
    say(
        PanelSession, create=_("planned the panel"), edit=_("changed the panel"), open_voting=_("opened the voting"),
        add_member=_("added a member"), hold=_("held the decisions"), resume=_("took the session up again"),
        release=_("released the decisions"), cancel=_("cancelled the panel"),
    )  # fmt: skip
    tell_outcomes(
        PanelSession,
        open_voting=Outcome(
            _("The voting is open"), _("Packets are frozen; each member is asked for a vote on each account.")
        ),
        add_member=Outcome(_("The member is added"), _("They are asked for a vote on whatever is still voted on.")),
        hold=Outcome(_("The decisions are held"), _("Nobody hears of them before they are released together.")),
        resume=Outcome(_("The session is taken up again"), _("Decisions can be looked at once more.")),
        release=Outcome(_("The decisions are released"), _("All took effect, and everybody concerned is told.")),
        cancel=Outcome(_("The panel is cancelled"), _("Its accounts wait for another.")),
    )


def words_of_reviews() -> None:
    say(
        PanelReview, create=_("called a panel"), edit=_("noted that a member is recused"),
        put_on_agenda=_("put it on an agenda"), take_off=_("took it off the agenda"),
        open=_("froze the packet and opened the voting"), decide=_("decided; it is held until the release"),
        pass_chair=_("passed the chair on"), release=_("released the decision"), withdraw=_("withdrew it"),
    )  # fmt: skip
    say(
        Ballot, create=_("asked for a vote"), cast=_("voted"), note_dissent=_("noted a dissent"), lapse=_("let it lapse"),
        void=_("took the vote out"),
    )  # fmt: skip
    tell_outcomes(
        PanelReview,
        put_on_agenda=Outcome(_("It is on the agenda"), _("Its packet is frozen when the voting opens.")),
        take_off=Outcome(_("It is off the agenda"), _("It waits for another panel.")),
        decide=Outcome(_("It is decided"), _("The decision is held until the panel releases its decisions together.")),
        open=Outcome(_("The voting on it is open"), _("Its packet is frozen, and each member is asked for a vote.")),
        pass_chair=Outcome(_("The chair has passed on"), _("Whoever chairs for this account now decides.")),
        release=Outcome(_("The decision is released"), _("It took effect, and everybody concerned is told.")),
        withdraw=Outcome(_("It is withdrawn from the panel"), _("There is nothing left to decide.")),
    )
    tell_outcomes(
        Ballot,
        cast=Outcome(_("Your vote counts"), _("What the others voted for is open to you now.")),
        note_dissent=Outcome(_("Your dissent is noted"), _("It stands in the minutes.")),
        lapse=Outcome(_("The vote has lapsed"), _("It was decided without it.")),
        void=Outcome(_("The vote does not count"), _("The member is recused from this account.")),
    )
