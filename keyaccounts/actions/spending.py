"""What an incubation takes of its allowance: never more than it holds, unless an executive lifts it by name (K-12, M17)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.workflow.edit import note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.perform import check_seen

from ..allowance import NOTHING, allowance
from ..choices import LIVE
from ..choices_incubation import FREE_INCUBATIONS, CycleStatus, SpendingState, WaiverKind
from ..incubation_rules import keeps_books, lifts
from ..models import IncubationCycle, Membership, MissingProof, Spending, Waiver

STOP = "%(over)s %(way)s"


def locked(cycle: IncubationCycle, by: User, seen: int | None) -> IncubationCycle:
    """The incubation as it is now, locked after its membership, for whoever keeps its books while it is open."""
    if not keeps_books(by, cycle):
        raise PermissionDenied(_("What an incubation takes is kept by %(who)s.") % {"who": keeps_books.title})
    cycle = lock(cycle)
    check_seen(cycle, seen, None)
    if not cycle.is_open:
        raise Refused(_("This incubation is closed: nothing more is planned or spent in it."))
    return cycle


def check_room(cycle: IncubationCycle, money: Decimal, days: Decimal) -> None:
    """The hard stop: read under the lock, so that two who come together cannot both take what is left."""
    over = allowance(cycle).over(money, days)
    if over:
        way = _("A senior executive can lift the limit, by name and with a reason.")
        if cycle.status != CycleStatus.RUNNING:
            way = _("The panel is called, and no limit is lifted any more: take less, or release what is planned.")
        raise Refused(STOP % {"over": over, "way": way})


def take(
    cycle: IncubationCycle, *, by: User, seen: int | None, what: str, on: date | None = None,
    money: Decimal = NOTHING, days: Decimal = NOTHING, used: bool = False,
) -> Spending:  # fmt: skip
    """Plan it, or book it as used already."""
    with transaction.atomic():
        cycle = locked(cycle, by, seen)
        check_room(cycle, money, days)
        state = SpendingState.USED if used else SpendingState.PLANNED
        row = Spending.objects.create(
            cycle=cycle, what=what, on=on or localdate(), money=money, days=days, state=state, by=by
        )
        note(cycle, by=by, changed={"spending": [None, told(row)]})
    return row


def settle(
    spending: Spending, *, by: User, seen: int | None, on: date, money: Decimal = NOTHING, days: Decimal = NOTHING
) -> Spending:
    """What was planned is used, with what it really took; more than planned needs room as well."""
    with transaction.atomic():
        cycle = locked(spending.cycle, by, seen)
        row = planned(cycle, spending)
        check_room(cycle, max(money - row.money, NOTHING), max(days - row.days, NOTHING))
        before = told(row)
        row.money, row.days, row.on, row.state = money, days, on, SpendingState.USED
        row.save()
        note(cycle, by=by, changed={"spending": [before, told(row)]})
    return row


def release(spending: Spending, *, by: User, seen: int | None, comment: str) -> Spending:
    """It is not needed after all: what was planned for it is free again."""
    with transaction.atomic():
        cycle = locked(spending.cycle, by, seen)
        row = planned(cycle, spending)
        before = told(row)
        row.state = SpendingState.RELEASED
        row.save()
        note(cycle, by=by, changed={"spending": [before, told(row)]}, comment=comment)
    return row


def planned(cycle: IncubationCycle, spending: Spending) -> Spending:
    row: Spending = cycle.spendings.get(pk=spending.pk)
    if not row.is_planned:
        raise Refused(_("“%(what)s” is not planned any more: it is used, or released.") % {"what": row})
    return row


def told(row: Spending) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("what", "money", "days", "on", "state")}


# What an executive lifts, by name


def check_lifts(by: User, membership: Membership) -> None:
    if not lifts(by, membership):
        raise PermissionDenied(_("A limit is lifted by %(who)s.") % {"who": lifts.title})


def allow_another(membership: Membership, *, by: User, seen: int | None, reason: str) -> Waiver:
    """The exception that a third incubation needs, or one after it, by this executive, for this reason (K-16)."""
    check_lifts(by, membership)
    with transaction.atomic():
        membership = lock(membership)
        check_seen(membership, seen, None)
        number = membership.incubations + 1
        if membership.status not in LIVE:
            raise Refused(
                _("Its way through the programme is over: no incubation follows that an exception could allow.")
            )
        if number <= FREE_INCUBATIONS:
            words = _("Incubation number %(number)d needs no exception: only a third does, and each one after it.")
            raise Refused(words % {"number": number})
        if membership.waivers.filter(kind=WaiverKind.ANOTHER, number=number).exists():
            raise Refused(
                _("The exception for incubation number %(number)d is on record already.") % {"number": number}
            )
        row = Waiver.objects.create(membership=membership, kind=WaiverKind.ANOTHER, number=number, reason=reason, by=by)
        note(membership, by=by, changed={"exception": [None, {"number": number}]}, comment=reason)
    return row


def show_proof(proof: MissingProof, *, by: User, seen: int | None, shown: str) -> MissingProof:
    """What shows it now, in words, by name; said anew it takes the place of what was said (K-16)."""
    with transaction.atomic():
        cycle = locked(proof.cycle, by, seen)
        row: MissingProof = cycle.proofs.get(pk=proof.pk)
        before = row.shown
        row.shown, row.shown_by, row.shown_on = shown, by, localdate()
        row.save()
        note(cycle, by=by, changed={"proof": [[row.words, before], [row.words, shown]]})
    return row
