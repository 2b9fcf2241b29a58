"""Nominating an account in the round that is open (K-06)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.choices import AccountStatus
from accounts.models import Account
from acr_program.people.models import User
from acr_program.ui.phrases import day
from acr_program.workflow.book import click
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock

from ..models import Membership, NominationRound
from ..rules import may_nominate


def open_round() -> NominationRound | None:
    """The round in which accounts can be nominated today."""
    found: NominationRound | None = NominationRound.objects.open_on(localdate()).first()
    return found


def nominate(account: Account, *, by: User, nomination: str) -> Membership:
    """One nomination of an account in a round, with who nominates and why; refused with the day while it is barred (K-15)."""
    if not may_nominate(by, account):
        raise PermissionDenied(
            _("An account is nominated by whoever manages it, the leader above, or the program office.")
        )
    with click():
        round_ = open_round()
        if round_ is None:
            raise Refused(_("No round of nominations is open. The next opens on the first day of the quarter."))
        round_ = lock(round_)
        if not round_.takes_nominations:
            raise Refused(_("The nominations of this round have just been closed. The next opens with the quarter."))
        if why := refusal(account, round_):
            raise Refused(why)
        return begin(Membership(account=account, round=round_, nominated_by=by, nomination=nomination), by=by)


def refusal(account: Account, of: NominationRound) -> str:
    """Why this account cannot be nominated in this round; empty where it can. One query."""
    known = list(Membership.objects.filter(account=account).select_related("round").order_by("-pk"))
    called = {"account": account.name}
    if live := next((one for one in known if one.is_live), None):
        state = {"state": live.get_status_display().lower()}
        return _("%(account)s has a place in the programme already: %(state)s.") % (called | state)
    if any(one.round_id == of.pk for one in known):
        return _("%(account)s was nominated in this round already. It may be nominated again in the next.") % called
    barred = max((one.barred_until for one in known if one.barred_until), default=None)
    if barred and localdate() < barred:
        return _("%(account)s was not selected. It may be nominated again from %(day)s on.") % (
            called | {"day": day(barred)}
        )
    if account.status not in (AccountStatus.ACTIVE, AccountStatus.AT_RISK):
        return _("%(account)s is no customer now: win it or reopen it first.") % called
    return ""
