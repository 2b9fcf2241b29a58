"""What follows from the membership's steps for its incubations, checkpoints and readings (K-10 to K-13, K-15 to K-19)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.workflow.book import clock, once
from acr_program.workflow.edit import begin, begin_many
from acr_program.workflow.errors import Refused
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform, perform_many

from ..choices_incubation import CheckpointStatus, CycleStatus, SpendingState, Threshold
from ..incubation_dates import checkpoint_days, last_complete
from ..incubation_needs import standard_in_force
from ..models import Assessment, Checkpoint, IncubationCycle, Membership, MissingProof, Spending, Standard
from ..models.standard import measures_of
from ..standing import basis, first_of_year, kept, lines, re_review_of, readings_of, standing_in
from .readings import Wanted, take_figures

TO_ENTER = ("reject", "extend", "qualify")
PROOF = 300


def data_of(entry: LogEntry) -> dict[str, Any]:
    return entry.detail.data if hasattr(entry, "detail") else {}


def open_cycle(membership: Membership) -> IncubationCycle | None:
    """Read once for a click, with its version: it is assessed first, then closed."""
    rows = IncubationCycle.objects.open().filter(membership=membership).select_related("standard")
    cycle: IncubationCycle | None = once(f"open incubation of {membership.pk}", rows.first)
    if cycle:
        cycle.membership = membership
    return cycle


# A year begins


def begin_cycle(membership: Membership, entry: LogEntry) -> None:
    """A year from its first day, with its allowance, its four checkpoints and the proof that is missing (K-10 to K-13)."""
    standard = standard_in_force()
    if standard is None or membership.status != "incubating" or membership.incubating_until is None:
        raise Refused(_("An incubation begins with a nomination that has passed, and with requirements in force."))
    said = data_of(entry)
    starts_on = date.fromisoformat(str(said.get("starts_on") or localdate()))
    cycle = begin(
        IncubationCycle(
            membership=membership, number=membership.incubations, standard=standard, starts_on=starts_on,
            ends_on=membership.incubating_until, money=amount(said, "money"), days=amount(said, "days"),
        ),
        by=entry.by,
    )  # fmt: skip
    begin_many(checkpoints_of(cycle, standard), by=clock())
    keep_missing(cycle, said.get("missing") or [])
    take_figures([Wanted(membership, standard, last_complete(starts_on))], by=clock())


def amount(said: dict[str, Any], name: str) -> Decimal:
    return Decimal(str(said.get(name) or 0))


def checkpoints_of(cycle: IncubationCycle, standard: Standard) -> list[Checkpoint]:
    of: dict[str, Any] = {"membership": cycle.membership, "cycle": cycle, "standard": standard}
    days = checkpoint_days(cycle.starts_on, cycle.ends_on)
    return [
        Checkpoint(**of, number=n, due_on=day, quarter_begins_on=last_complete(day)) for n, day in enumerate(days, 1)
    ]


def keep_missing(cycle: IncubationCycle, missing: Sequence[str]) -> None:
    """The proof that the panel still asks for, as the list that the second incubation begins with (K-16)."""
    words = [text.strip()[:PROOF] for text in missing if text.strip()]
    MissingProof.objects.bulk_create(
        [MissingProof(cycle=cycle, place=n, words=text) for n, text in enumerate(words, 1)]
    )


def next_cycle(membership: Membership, entry: LogEntry) -> None:
    """The one before is closed with what was measured; another begins (K-16, K-19)."""
    decided(membership, entry)
    begin_cycle(membership, entry)


# It is measured


def take_and_settle(checkpoint: Checkpoint, entry: LogEntry) -> None:
    """The figures on file are taken at once; where people need not be asked, that is all of it."""
    take_figures([Wanted(checkpoint.membership, checkpoint.standard, checkpoint.quarter_begins_on)], by=clock())
    if not checkpoint.asks_people:
        perform(checkpoint, "answer", by=clock(), seen=None, inside=entry)


def ask_evidence(membership: Membership, entry: LogEntry) -> None:
    """The panel is called: what is due is asked for now, and what was still ahead is not measured any more (K-11)."""
    cycle = open_cycle(membership)
    if cycle is None:
        return
    if cycle.status == CycleStatus.RUNNING:
        perform(cycle, "ask_evidence", by=clock(), seen=None, inside=entry, comment=membership.exception)
    ahead = Checkpoint.objects.filter(cycle=cycle, status=CheckpointStatus.AHEAD)
    for row in ahead.filter(due_on__lte=localdate()):
        perform(row, "ask", by=clock(), seen=None, inside=entry)
    perform_many(ahead.filter(due_on__gt=localdate()), "drop", by=clock(), inside=entry)


def measure_for_re_review(membership: Membership, entry: LogEntry) -> None:
    """One more day of measuring, by the requirements in force today (K-18)."""
    standard = standard_in_force()
    if standard is None:
        return
    before = re_review_of(membership)
    row = begin(
        Checkpoint(
            membership=membership, cycle=None, standard=standard, number=before.number + 1 if before else 1,
            due_on=localdate(), quarter_begins_on=last_complete(localdate()),
        ),
        by=clock(),
    )  # fmt: skip
    perform(row, "ask", by=clock(), seen=None, inside=entry)


# It is decided


def decided(membership: Membership, entry: LogEntry) -> None:
    """What was measured is kept as it stood, the cycle is closed, and nothing more is asked or spent (K-15, K-18)."""
    keep_assessment(membership, entry)
    close_all(membership, entry)


def left(membership: Membership, entry: LogEntry) -> None:
    """The account has left by itself: nothing more is asked or spent."""
    close_all(membership, entry)


def close_all(membership: Membership, entry: LogEntry) -> None:
    open_ = [CheckpointStatus.AHEAD, CheckpointStatus.ASKED, CheckpointStatus.MISSED]
    rows = Checkpoint.objects.filter(membership=membership, status__in=open_)
    perform_many(rows, "drop", by=clock(), inside=entry)
    cycle = open_cycle(membership)
    if cycle is not None:
        Spending.objects.filter(cycle=cycle, state=SpendingState.PLANNED).update(state=SpendingState.RELEASED)
        perform(cycle, "close", by=clock(), seen=None, inside=entry, outcome=entry.step)


def keep_assessment(membership: Membership, entry: LogEntry) -> Assessment:
    """The values, targets and dates at this outcome; the day of the next re-review where there is one (K-18, K-23)."""
    kind = Threshold.ENTRY if entry.step in TO_ENTER else Threshold.MAINTAIN
    cycle = open_cycle(membership) if kind == Threshold.ENTRY else None
    standard, found = (cycle.standard, standing_in(cycle)) if cycle else stood(membership, kind)
    return Assessment.objects.create(
        membership=membership, cycle=cycle, standard=standard, kind=kind, outcome=entry.step, reason=entry.comment,
        lines=kept(found), next_on=membership.re_review_on, by=entry.by,
    )  # fmt: skip


def stood(membership: Membership, kind: str) -> tuple[Standard | None, list[Any]]:
    """By which version, and how it stood; the outcome has moved the membership on, what it was measured by is on file."""
    row = re_review_of(membership) if kind == Threshold.MAINTAIN else None
    of = (row.standard, first_of_year(row.due_on), 0) if row else basis(membership, kind)
    if of is None:
        return None, []
    standard, since, asked = of
    return standard, lines(measures_of(standard), readings_of(membership, since), kind, since, asked)
