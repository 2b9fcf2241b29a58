"""What follows from steps of the charter, and what the clock does for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from acr_program.jobs.clock import duty
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.workflow.book import clock
from acr_program.workflow.edit import begin_many
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform_many

from . import measured, rules
from .choices import Audience, ReceiptStatus
from .models import (
    Alignment,
    Communication,
    Program,
    ProgramYear,
    Reading,
    Receipt,
    Rhythm,
    Score,
    Training,
    TrainingAssignment,
)


def enrol(by: User) -> int:
    """Begin the alignment of each sales leader at work who has none yet (G-10)."""
    known = Alignment.objects.values("leader")
    missing = User.objects.holding(Role.LEADER).exclude(pk__in=known)
    return len(begin_many([Alignment(leader=leader) for leader in missing], by=by))


def ask_receipts(communication: Communication, entry: LogEntry) -> None:
    """Everybody at work whom it is for has it to confirm; its audience is not silent any more."""
    ask_each(communication, list(rules.readers(communication)), entry)
    heard = [communication.audience] if communication.audience != Audience.BOTH else Audience.values
    Rhythm.objects.filter(audience__in=heard).update(silent_since=None)


def ask_newcomers(communication: Communication, entry: LogEntry) -> None:
    """Whoever came later has it to confirm as well."""
    ask_each(communication, communication.newcomers(), entry)


def ask_each(communication: Communication, people: list[User], entry: LogEntry) -> None:
    """A receipt for each; what expectations ask of a representative is kept as it was published to them (G-15)."""
    reviews = communication.reviews
    begin_many([Receipt(communication=communication, person=person, reviews=reviews) for person in people], by=entry.by)


def assign(training: Training, by: User) -> int:
    """Everybody at work whom a training is for, and who has it not yet, is to take it (G-19)."""
    known = TrainingAssignment.objects.filter(training=training).values("person")
    people = User.objects.holding(*rules.ROLES[Audience(training.audience)]).exclude(pk__in=known)
    return len(begin_many([TrainingAssignment(training=training, person=person) for person in people], by=by))


def keep_reading(receipt: Receipt) -> None:
    """Whoever is told has it before them; the first time counts, however often they open it (G-05)."""
    if receipt.status == ReceiptStatus.ASKED:
        note_reading(receipt)


def read_by_confirming(receipt: Receipt, entry: LogEntry) -> None:
    """Nobody confirms what they have not read, whichever way they came."""
    note_reading(receipt)


def note_reading(receipt: Receipt) -> None:
    """Now, unless it is noted already."""
    Reading.objects.bulk_create([Reading(receipt=receipt)], ignore_conflicts=True)


def keep_scores(year: ProgramYear, entry: LogEntry) -> None:
    """What was expected of everybody and what they delivered, as it stood when the year was closed (G-16)."""
    rows = [
        Score(year=year, person=row.person, is_leader=not row.sells, target=row.target, delivered=row.delivered)
        for row in measured.force(year)
    ]
    Score.objects.bulk_create(rows)


def lapse_receipts(communication: Communication, entry: LogEntry) -> None:
    """Nobody has to confirm what was withdrawn."""
    asked = Receipt.objects.filter(communication=communication, status=ReceiptStatus.ASKED)
    perform_many(asked, "lapse", by=clock(), inside=entry)


@duty("note which audience hears nothing of the program", every=timedelta(hours=6))
def note_silence(moment: datetime) -> None:
    """From the day after the last one on which an audience should have heard; without any, from the day it is noted (G-11)."""
    program = Program.objects.first()
    if program is None:
        return
    today = localdate(moment)
    for rhythm in Rhythm.objects.for_table():
        due = rhythm.last_on + timedelta(days=rhythm.days(program.status)) if rhythm.last_on else None
        silent = rhythm.silent_since or today if due is None else due + timedelta(days=1) if due < today else None
        if silent != rhythm.silent_since:
            Rhythm.objects.filter(pk=rhythm.pk).update(silent_since=silent)
