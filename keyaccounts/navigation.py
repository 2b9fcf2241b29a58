"""Key accounts in the words of the log and of what a step leads to."""

from __future__ import annotations

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from acr_program.desk.beside.records import talked
from acr_program.desk.commands import command
from acr_program.people.choices import Role
from acr_program.ui import nav
from acr_program.workflow.words import Outcome, say, tell_outcomes

from .models import Membership, NominationRound, programme_words
from .rules import nominators

SEES_PROGRAMME = (Role.REP, Role.LEADER, Role.ADMIN, Role.MANAGER, Role.EXECUTIVE, Role.AUDITOR)
NAMED = lazy(lambda: programme_words().titles, str)()  # asked anew each time it is shown (K-04)


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    nav.entry(
        NAMED, "keyaccounts:overview", "star", "program", order=54, visible=lambda user: user.has(*SEES_PROGRAMME)
    )
    command(_("Nominate an account"), "keyaccounts:nominate", "plus", nominators, _("key major national account"))
    talked(Membership)
    words_of_rounds()
    words_of_memberships()


def words_of_rounds() -> None:
    say(
        NominationRound, create=_("opened the round"), edit=_("changed the round"),
        close_nominations=_("closed the nominations"), close=_("closed the round"),
    )  # fmt: skip
    tell_outcomes(
        NominationRound,
        close_nominations=Outcome(_("The nominations are closed"), _("Each is now vetoed or put through the first filter.")),
        close=Outcome(_("The round is closed"), _("Every nomination of it is decided.")),
    )  # fmt: skip


def words_of_memberships() -> None:
    say(
        Membership, create=_("nominated the account"), edit=_("changed the membership"), veto=_("vetoed the nomination"),
        fail_filter=_("said that it does not pass the first filter"), pass_filter=_("let it pass the first filter"),
        start_incubation=_("started the incubation"), call_panel=_("called the panel"),
        reject=_("did not select it"), extend=_("let it incubate again"), qualify=_("let it into the programme"),
        open_re_review=_("opened the re-review"), maintain=_("maintained the status"),
        return_to_incubation=_("sent it back to incubation"), down_tier=_("down-tiered it"), withdraw=_("withdrew it"),
    )  # fmt: skip
    tell_outcomes(
        Membership,
        veto=Outcome(_("The nomination is vetoed"), _("The account may be nominated again in another round.")),
        fail_filter=Outcome(_("It does not pass the first filter"), _("It may be nominated again in another round.")),
        pass_filter=Outcome(_("It passes the first filter"), _("Its incubation can be started.")),
        start_incubation=Outcome(_("The incubation has begun"), _("After one year it comes before the panel.")),
        call_panel=Outcome(_("The panel is called"), _("It decides whether the account qualifies.")),
        reject=Outcome(_("It is not selected"), _("It cannot be nominated again for a set time; its page says until when.")),
        extend=Outcome(_("It incubates again"), _("Its page lists the proof that is still missing.")),
        qualify=Outcome(_("It has qualified"), _("Its page says when it is reviewed again.")),
        open_re_review=Outcome(_("The re-review is open"), _("The panel decides whether the status is kept.")),
        maintain=Outcome(_("The status is maintained"), _("Its page says when it is reviewed again.")),
        return_to_incubation=Outcome(_("It is back in incubation"), _("What it was before stays on record.")),
        down_tier=Outcome(_("It is down-tiered"), _("It goes back to an ordinary account by its hand-over plan.")),
        withdraw=Outcome(_("It is withdrawn"), _("It takes no part in the programme any more.")),
    )  # fmt: skip
