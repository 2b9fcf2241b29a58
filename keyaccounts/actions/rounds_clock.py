"""What the clock does for the programme: a round each quarter, a panel at the end of each year, re-reviews (K-06, K-11, K-21)."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from acr_program.jobs.clock import duty
from acr_program.people.models import User
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import Refused
from acr_program.workflow.perform import perform

from ..calendar import quarter_ends, quarter_of
from ..choices import MembershipStatus, RoundStatus
from ..models import Membership, NominationRound, Programme


@duty("open the round of nominations of the quarter", at=time(0, 30))
def open_round(_moment: object = None) -> int:
    """On a quarter's first day; later where the clock stood still, or the programme was not written down before (K-06)."""
    today = localdate()
    year, quarter = quarter_of(today)
    programme = Programme.objects.first()
    if programme is None or NominationRound.objects.filter(year=year, quarter=quarter).exists():
        return 0
    begin(round_of(programme, today), by=User.objects.clock())
    return 1


def round_of(programme: Programme, today: date) -> NominationRound:
    """The round of this day's quarter, open from today for as long as the programme says, and never past the quarter."""
    year, quarter = quarter_of(today)
    last = min(today + timedelta(days=programme.nomination_days - 1), quarter_ends(year, quarter))
    return NominationRound(year=year, quarter=quarter, opens_on=today, closes_on=last)


@duty("close the nominations of a round that is over", at=time(0, 31))
def close_rounds(_moment: object = None) -> int:
    """The day after the last on which accounts are nominated."""
    over = NominationRound.objects.filter(status=RoundStatus.OPEN, closes_on__lt=localdate())
    return take_on_each(over, "close_nominations")


@duty("call the panel where the year of incubation is over", at=time(0, 32))
def call_panels(_moment: object = None) -> int:
    """On the day on which the year is over, never before (K-11)."""
    over = Membership.objects.filter(status=MembershipStatus.INCUBATING, incubating_until__lte=localdate())
    return take_on_each(over, "call_panel")


@duty("open the re-reviews that are due", at=time(0, 33))
def open_re_reviews(_moment: object = None) -> int:
    """Each account that has the status, each year (K-21)."""
    due = Membership.objects.to_re_review(localdate()).filter(status=MembershipStatus.KEY_ACCOUNT)
    return take_on_each(due, "open_re_review")


def take_on_each(rows: QuerySet[Any], name: str) -> int:
    """One step on each; what was moved meanwhile, or still lacks something, is looked at again the next night."""
    clock, taken = User.objects.clock(), 0
    for row in rows.order_by("pk"):
        try:
            perform(row, name, by=clock, seen=row.version)
        except Refused:
            continue
        taken += 1
    return taken
