"""Pilots in the navigation, in the words of the log, and on the pages of accounts and of those who manage them."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from acr_program.desk.beside.records import talked
from acr_program.desk.commands import command
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import overseers, program_managers
from acr_program.ui import nav
from acr_program.workflow.registry import panel
from acr_program.workflow.words import Outcome, say, tell_outcomes

from .choices import BEST_SCORE
from .lists import with_profile
from .models import Finding, PilotCandidate, PilotWave
from .models.candidates import is_seen

SEES_WAVES = (Role.ADMIN, Role.MANAGER, Role.EXECUTIVE, Role.AUDITOR)


def of_account(account: Account, user: User) -> Any:
    """In which waves the account is a candidate, as far as this person sees it."""
    candidates = [one for one in PilotCandidate.objects.of_account(account.pk) if is_seen(one, user)][:5]
    return render_to_string("pilots/of_account.html", {"candidates": candidates}) if candidates else None


def of_person(person: User, user: User) -> Any:
    """What somebody is as an account manager, for those who oversee the program or lead them (P-21)."""
    if not (overseers(user) or user.has(Role.EXECUTIVE) or user.acts_as(person.reports_to_id) or user.pk == person.pk):
        return None
    of = with_profile(User.objects.filter(pk=person.pk, grants__role=Role.REP)).first()
    said = {"of": of, "most": BEST_SCORE, "may_write": program_managers(user)}
    return render_to_string("pilots/of_person.html", said) if of else None


def register() -> None:
    """Called once from PilotsConfig.ready."""
    nav.entry(_("Pilots"), "pilots:waves", "flag", "program", order=50, visible=lambda user: user.has(*SEES_WAVES))
    nav.entry(
        _("Account managers"), "pilots:managers", "people", "program", order=52,
        visible=lambda user: user.has(Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.LEADER, Role.EXECUTIVE),
    )  # fmt: skip
    command(_("Plan a wave of pilots"), "pilots:new-wave", "plus", program_managers, _("pilot"))
    panel(Account, of_account)
    panel(User, of_person)
    talked(PilotCandidate)
    words_of_waves()
    words_of_candidates()
    words_of_findings()


def words_of_waves() -> None:
    say(
        PilotWave, create=_("began the wave"), edit=_("changed the wave"), open_selection=_("opened the selection"),
        take_criteria=_("took the newer criteria"), waive_unit=_("goes without a business unit"),
        take_plan=_("selected the pilots"),
        launch=_("launched the wave"), start_evaluation=_("started the evaluation"), conclude=_("decided on the wave"),
    )  # fmt: skip
    tell_outcomes(
        PilotWave,
        open_selection=Outcome(_("The selection is open"), _("Accounts can be proposed now.")),
        take_criteria=Outcome(_("The newer criteria hold"), _("What is worded anew is judged anew.")),
        waive_unit=Outcome(_("The wave goes without that unit"), _("The reason is kept with it.")),
        take_plan=Outcome(_("The pilots are selected"), _("They begin when the wave is launched.")),
        launch=Outcome(_("The wave is launched"), _("Its pilots are active: their accounts may have reviews now.")),
        start_evaluation=Outcome(_("The evaluation has begun"), _("No pilot joins the wave any more.")),
        conclude=Outcome(_("The wave is decided on"), _("It stands among the waves that are over in the charter.")),
    )


def words_of_candidates() -> None:
    say(
        PilotCandidate, create=_("proposed the account"), edit=_("changed the candidate"),
        agree=_("said whether they give feedback"),
        rate=_("rated the planning"), qualify=_("qualified the candidate"), requalify=_("took it back to be judged anew"),
        disqualify=_("disqualified the candidate"), reconsider=_("took it up again"), select=_("selected the candidate"),
        hold=_("put it in reserve"), deselect=_("took it back to be chosen anew"), promote=_("promoted it from the reserve"),
        start=_("started the pilot"), give_feedback=_("gave feedback"), raise_flag=_("raised the flag"),
        settle_flag=_("said that the pilot goes on"), complete=_("completed the pilot"), withdraw=_("withdrew it"),
    )  # fmt: skip
    tell_outcomes(
        PilotCandidate,
        agree=Outcome(_("It is noted"), _("The program office sees it on the scorecard.")),
        rate=Outcome(_("The rating is kept"), _("The program office sees it on the scorecard.")),
        qualify=Outcome(_("The candidate is qualified"), _("It can be selected, or held in reserve.")),
        requalify=Outcome(_("It is proposed again"), _("What was judged stands until it is judged anew.")),
        disqualify=Outcome(
            _("The candidate is disqualified"), _("It does not meet a criterion; its page says which, and why.")
        ),
        reconsider=Outcome(_("It is a candidate again"), _("What was judged stands.")),
        select=Outcome(_("The candidate is selected"), _("It becomes a pilot when the wave is launched.")),
        hold=Outcome(_("It is in reserve"), _("It can be promoted where a pilot falls out.")),
        deselect=Outcome(_("It is qualified again"), _("It can be selected, or held in reserve.")),
        promote=Outcome(_("It is promoted"), _("In a wave that runs it begins at once.")),
        start=Outcome(_("The pilot has begun"), _("The account may have a review now.")),
        give_feedback=Outcome(_("Your feedback is kept"), _("You can change it until the pilot is completed.")),
        raise_flag=Outcome(_("A flag is raised"), _("The program manager says whether the pilot goes on.")),
        settle_flag=Outcome(_("The pilot goes on"), _("The reason is kept with it.")),
        complete=Outcome(_("The pilot is completed"), _("Its feedback counts in the decision on the wave.")),
        withdraw=Outcome(_("It is withdrawn"), _("Its account may have no review while the program is piloted.")),
    )


def words_of_findings() -> None:
    say(
        Finding, create=_("reported a finding"), edit=_("changed the finding"), decide=_("decided what becomes of it"),
        resolve=_("mended it"), reopen=_("took it up again"),
    )  # fmt: skip
    tell_outcomes(
        Finding,
        decide=Outcome(_("It is decided"), _("Whoever sees to it is told.")),
        resolve=Outcome(_("It is mended"), _("Whoever reported it is told.")),
        reopen=Outcome(_("It is taken up again"), _("It waits for whoever sees to it.")),
    )
