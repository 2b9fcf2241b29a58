"""What incubation hangs on the steps of others, and what the clock does for it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils.timezone import localdate

from acr_program.jobs.clock import duty
from acr_program.people.models import User
from acr_program.workflow.perform import perform
from acr_program.workflow.registry import after, gate

from ..choices_incubation import OPEN_CYCLE, CheckpointStatus
from ..incubation_dates import last_complete
from ..incubation_needs import exception_recorded, has_standard, standard_in_force
from ..incubation_rules import year_is_over
from ..models import Checkpoint, Membership
from . import incubating
from .readings import Wanted, take_figures
from .standards import retire_before

LAPSES_AFTER = timedelta(days=30)


@duty("measure at checkpoints", at=time(6, 40))
def keep_checkpoints(moment: datetime) -> None:
    """Ask at each checkpoint's day, give up those that nobody answers, and take what is on file by now (K-13).

    What a dead scheduler left undone is done now; figures that come in late are taken until it is decided.
    """
    today, by = localdate(moment), User.objects.clock()
    ahead = Checkpoint.objects.filter(status=CheckpointStatus.AHEAD, cycle__status__in=OPEN_CYCLE, due_on__lte=today)
    for row in ahead.order_by("due_on", "pk"):
        perform(row, "ask", by=by, seen=row.version)
    for row in Checkpoint.objects.filter(status=CheckpointStatus.ASKED, asked_on__lt=today - LAPSES_AFTER):
        perform(row, "lapse", by=by, seen=row.version)
    take_late_figures(today, by)


def take_late_figures(today: date, by: User) -> int:
    """Of every checkpoint that is not decided on, and of every account that has the status, its last complete quarter."""
    rows = Checkpoint.objects.taking().select_related("membership", "standard")
    wanted = [Wanted(row.membership, row.standard, row.quarter_begins_on) for row in rows]
    if standard := standard_in_force():
        holding = Membership.objects.filter(status="key_account")
        wanted += [Wanted(one, standard, last_complete(today)) for one in holding]
    return take_figures(wanted, by=by)


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    gate("membership.start_incubation").add(has_standard)
    for step in ("extend", "return_to_incubation"):
        gate(f"membership.{step}").add(has_standard)
        gate(f"membership.{step}").add(exception_recorded)
        after(f"membership.{step}", incubating.next_cycle)
    for step in ("reject", "extend", "qualify"):
        gate(f"membership.{step}").add(year_is_over)
    for step in ("reject", "qualify", "maintain", "down_tier"):
        after(f"membership.{step}", incubating.decided)
    after("membership.start_incubation", incubating.begin_cycle)
    after("membership.call_panel", incubating.ask_evidence)
    after("membership.open_re_review", incubating.measure_for_re_review)
    after("membership.withdraw", incubating.left)
    after("checkpoint.ask", incubating.take_and_settle)
    after("standard.publish", retire_before)
