"""What follows from steps of plans and memberships, and what the clock does for plans (N4.1, N4.6, N9.0)."""

from __future__ import annotations

from datetime import time

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Account
from acr_program.jobs.clock import duty
from acr_program.people.models import User
from acr_program.workflow.book import click, clock, for_many
from acr_program.workflow.errors import Refused
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform_many
from acr_program.workflow.registry import after

from ..actions.rounds_clock import take_on_each
from ..choices_plan import PlanStatus
from ..models import AccountPlan, Membership
from ..models.plan import HEAR, REVIEW, WRITE
from ..pages.plan_section import PLANNED
from . import communication_readers, confirming
from .beginning import begin_plan

ENDED = ("reject", "down_tier", "withdraw")
AWAITED = {PlanStatus.DRAFT: WRITE, PlanStatus.SHARED: HEAR, PlanStatus.UNDER_REVIEW: REVIEW}  # of the account manager


def archive_plans(membership: Membership, entry: LogEntry) -> None:
    """The account is in the programme no more: nobody works by its plans."""
    rows = AccountPlan.objects.living().filter(membership=membership)
    perform_many(rows, "archive", by=clock(), inside=entry, comment=_("The account left the programme."))


def archive_before(plan: AccountPlan, entry: LogEntry) -> None:
    """The plan of this year takes the place of last year's."""
    rows = AccountPlan.objects.living().filter(membership=plan.membership_id, year__lt=plan.year)
    perform_many(rows, "archive", by=clock(), inside=entry, comment=_("The plan of the year after is in force."))


def follow_managers(accounts: list[Account], entries: list[LogEntry]) -> None:
    """What is to be done for a plan waits with whoever has the account now."""
    given = [one.pk for one, entry in zip(accounts, entries, strict=True) if "manager" in entry.changed]
    if not given:
        return
    rows = AccountPlan.objects.filter(membership__account__in=given, status__in=AWAITED)
    with click() as book:
        for one in rows.select_related(*AccountPlan.READS):
            book.close(one)
            book.open(one, AWAITED[one.status])


@for_many(follow_managers)
def follow_manager(account: Account, entry: LogEntry) -> None:
    follow_managers([account], [entry])


@duty("begin the account plans of the year", at=time(0, 40))
def begin_plans(_moment: object = None) -> int:
    """For each account that incubates or has the status and has none of this year yet."""
    by, year, begun = User.objects.clock(), localdate().year, 0
    without = Membership.objects.filter(status__in=PLANNED).exclude(plans__year=year)
    for membership in without.order_by("pk"):
        try:
            begin_plan(membership, by=by, year=year)
        except Refused:
            continue
        begun += 1
    return begun


@duty("open the quarterly reviews of account plans", at=time(0, 41))
def open_reviews(_moment: object = None) -> int:
    """A quarter after a plan came into force, or after its last review (N9.0)."""
    due = AccountPlan.objects.filter(status=PlanStatus.IN_FORCE, review_on__lte=localdate())
    return take_on_each(due, "review")


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    for step in ENDED:
        after(f"membership.{step}", archive_plans)
    after("account.edit", follow_manager)
    for step in ("share", "share_again"):
        after(f"accountplan.{step}", confirming.shared)
        after(f"accountplan.{step}", communication_readers.shared_anew)
    after("accountplan.agree", confirming.keep_agreed)
    after("accountplan.put_in_force", archive_before)
    after("accountplan.archive", confirming.archived)
