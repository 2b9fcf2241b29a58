"""Nominating an account in the round that is open (K-06)."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Account
from acr_program.people.models import User
from acr_program.ui.phrases import day
from acr_program.workflow.book import click
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock

from ..calendar import quarter_ends, quarter_of
from ..choices import MembershipStatus
from ..models import Membership, NominationRound, programme_words
from ..rules import is_customer, may_nominate


def open_round() -> NominationRound | None:
    """The round in which accounts can be nominated today."""
    found: NominationRound | None = NominationRound.objects.open_on(localdate()).first()
    return found


def next_round_said() -> str:
    """When accounts can be nominated again, as the clock will open the next round."""
    if not programme_words().is_written:
        return _("Rounds open once the program manager has written the programme down.")
    year, quarter = quarter_of(localdate())
    if not NominationRound.objects.filter(year=year, quarter=quarter).exists():
        return _("The next opens in the coming night.")
    return _("The next opens on %(day)s.") % {"day": day(quarter_ends(year, quarter) + timedelta(days=1))}


def nominate(account: Account, *, by: User, nomination: str) -> Membership:
    """One nomination of an account in a round, with who nominates and why; refused with the day while it is barred (K-15)."""
    with click():
        account = lock(account)  # as it is now: whoever closes it meanwhile finds the nomination, or is found here
        if not may_nominate(by, account):
            raise PermissionDenied(
                _("An account is nominated by whoever manages it, the leader above, or the program office.")
            )
        round_ = open_round()
        if round_ is None:
            raise Refused(_("No round of nominations is open. %(next)s") % {"next": next_round_said()})
        round_ = lock(round_)
        if not round_.takes_nominations:
            said = _("The nominations of this round have just been closed. %(next)s")
            raise Refused(said % {"next": next_round_said()})
        if why := refusal(account, round_):
            raise Refused(why)
        return begin(Membership(account=account, round=round_, nominated_by=by, nomination=nomination), by=by)


def refusal(account: Account, of: NominationRound) -> str:
    """Why this account cannot be nominated in this round; empty where it can. One query."""
    known = list(Membership.objects.filter(account=account).select_related("round").order_by("-pk"))
    called = {"account": account.name}
    if live := next((one for one in known if one.is_live), None):
        own, said = programme_words().one, live.get_status_display().lower()
        state = {"state": own if live.status == MembershipStatus.KEY_ACCOUNT else said}
        return _("%(account)s has a place in the programme already: %(state)s.") % (called | state)
    if any(one.round_id == of.pk for one in known):
        return _("%(account)s was nominated in this round already. It may be nominated again in the next.") % called
    barred = max((one.barred_until for one in known if one.barred_until), default=None)
    if barred and localdate() < barred:
        return _("%(account)s was not selected. It may be nominated again from %(day)s on.") % (
            called | {"day": day(barred)}
        )
    if not is_customer(account):
        return _("%(account)s is no customer now: win it or reopen it first.") % called
    return ""
