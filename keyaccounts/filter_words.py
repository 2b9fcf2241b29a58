"""The first filter in the navigation, among the commands, and in the words of the log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.desk.commands import command
from acr_program.people.roles import program_managers
from acr_program.ui import nav
from acr_program.workflow.words import Outcome, say, tell_outcomes

from .filter_rules import readers
from .models import FilterVersion, Scorecard


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    nav.entry(
        _("First filter"), "keyaccounts:filters", "check", "program", order=66, visible=lambda user: readers(user)
    )
    command(_("Change the first filter"), "keyaccounts:filters", "pencil", program_managers, _("key account"))
    words_of_versions()
    words_of_scorecards()


def words_of_versions() -> None:
    say(
        FilterVersion, create=_("began the draft"), edit=_("changed the draft"), try_out=_("tried it out on past decisions"),
        publish=_("published it"), retire=_("retired it"), discard=_("discarded it"),
    )  # fmt: skip
    tell_outcomes(
        FilterVersion,
        try_out=Outcome(
            _("The draft is tried out"), _("What it would have decided is kept; “What would flip” shows each decision.")
        ),
        publish=Outcome(
            _("The filter is in force"),
            _("Nominations are scored by it from now on; older scorecards stay as they are."),
        ),
        retire=Outcome(_("The version is retired"), _("Its scorecards stay as they are.")),
        discard=Outcome(_("The draft is discarded"), _("What it said stays on its page.")),
    )


def words_of_scorecards() -> None:
    say(
        Scorecard, create=_("began the scorecard"), edit=_("judged on the scorecard"), confirm=_("confirmed the scorecard"),
        reopen=_("took the scorecard up again"), take_filter=_("scored it by the filter in force"),
        let_pass=_("passed it by the first filter"), turn_down=_("failed it by the first filter"),
        drop=_("put the scorecard aside"),
    )  # fmt: skip
    tell_outcomes(
        Scorecard,
        confirm=Outcome(
            _("The scorecard is confirmed"), _("What was on file is kept with it; now the nomination can be decided.")
        ),
        reopen=Outcome(_("The scorecard is open again"), _("What is on file counts as of today.")),
        take_filter=Outcome(_("The filter in force holds"), _("What is worded anew is judged anew.")),
        let_pass=Outcome(_("The nomination has passed"), _("The scorecard stays under its version of the filter.")),
        turn_down=Outcome(_("The nomination has failed"), _("The scorecard stays under its version of the filter.")),
        drop=Outcome(_("The scorecard is put aside"), _("No filter decides on the nomination any more.")),
    )
