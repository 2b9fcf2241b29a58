"""Incubation in the navigation, in the words of the log, and among the acts that Ctrl-K finds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.ui import nav
from acr_program.workflow.words import Outcome, say, tell_outcomes

from .models import Checkpoint, IncubationCycle, Standard

SEES = (Role.REP, Role.LEADER, Role.ADMIN, Role.MANAGER, Role.EXECUTIVE, Role.AUDITOR)


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    nav.entry(
        _("Incubations"), "keyaccounts:cycles", "clock", "program", order=62, visible=lambda user: user.has(*SEES)
    )
    nav.entry(
        _("Requirements"), "keyaccounts:standards", "check", "program", order=64, visible=lambda user: user.has(*SEES)
    )
    say(
        Standard, create=_("began a version of the requirements"), edit=_("changed the draft"),
        publish=_("put the requirements in force"), discard=_("discarded the draft"), retire=_("retired the version"),
    )  # fmt: skip
    say(
        IncubationCycle, create=_("began the incubation"), edit=_("wrote in its books"),
        lift=_("lifted the limit"),
        ask_evidence=_("asked for the evidence"), close=_("closed the incubation"),
    )  # fmt: skip
    say(
        Checkpoint, create=_("planned the checkpoint"), edit=_("changed the checkpoint"), ask=_("measured"),
        answer=_("gave the actuals"), correct=_("corrected the actuals"), lapse=_("heard nothing in time"),
        drop=_("dropped the checkpoint"),
    )  # fmt: skip
    words_of_outcomes()


def words_of_outcomes() -> None:
    tell_outcomes(
        Standard,
        publish=Outcome(_("The requirements are in force"), _("Incubations that begin from now on go by them.")),
        discard=Outcome(_("The draft is discarded"), _("What is in force stays in force.")),
        retire=Outcome(_("The version is retired"), _("What was measured by it stays true.")),
    )
    tell_outcomes(
        IncubationCycle,
        lift=Outcome(_("The limit is lifted"), _("It stands under your name among the exceptions.")),
        ask_evidence=Outcome(_("The evidence is asked for"), _("The panel goes by what is measured now.")),
        close=Outcome(_("The incubation is closed"), _("Nothing more is measured or spent in it.")),
    )
    tell_outcomes(
        Checkpoint,
        ask=Outcome(
            _("It is measured"), _("The figures on file are taken; the account manager is asked for the rest.")
        ),
        answer=Outcome(_("The actuals are kept"), _("They can be corrected until it is decided.")),
        correct=Outcome(_("The actuals are corrected"), _("What stood before is kept beside them.")),
        lapse=Outcome(_("It is missed"), _("It can still be answered until it is decided.")),
        drop=Outcome(_("It is dropped"), _("It is not measured any more.")),
    )
