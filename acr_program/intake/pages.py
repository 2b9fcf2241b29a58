"""What the page of one import shows, wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.roles import program_office
from acr_program.ui.phrases import number
from acr_program.workflow.offers import Offer, offers

from .choices import BatchStatus, Outcome, Task
from .models import Batch, Kept, Work

LEFT_SHOWN = 100


@dataclass(frozen=True)
class Part:
    """How many rows come to one outcome, and the link to them."""

    name: str
    label: Any
    tone: str
    count: str
    current: bool


@dataclass(frozen=True)
class BatchPage:
    """One import: its job, its head, its parts, what may happen next."""

    work: Work | None
    head: dict[str, Any]
    offers: list[Offer]
    parts: list[Part]
    left: list[Kept]
    may_write: bool
    shows_rows: bool

    @property
    def progress(self) -> str:
        """How far the job has come, in words."""
        if self.work is None:
            return _("waiting for a worker")
        words = str(self.work.get_task_display())
        return (
            _("%(what)s, %(n)s rows so far") % {"what": words, "n": number(self.work.count)}
            if self.work.count
            else words
        )

    @property
    def total(self) -> int:
        return int(self.head.get("rows", 0))

    @property
    def value(self) -> int | None:
        """Rows done, where rows are counted while they are worked on; one transaction tells nothing before its end."""
        return self.work.count if self.work and self.work.task == Task.CHECK and self.total else None


def page(batch: Batch, user: User, outcome: str) -> BatchPage:
    works = list(batch.works.order_by("-pk")[:12])
    head: dict[str, Any] = next((one.found for one in works if one.task == Task.LOOK and one.found), {})
    shows = batch.status in (
        BatchStatus.READY,
        BatchStatus.TAKING_IN,
        BatchStatus.TAKEN_IN,
        BatchStatus.UNDOING,
        BatchStatus.UNDONE,
    )
    return BatchPage(
        work=works[0] if works and batch.at_work else None,
        head=head,
        offers=[one for one in offers(batch, user) if one.name != "check_rows" or batch.status != BatchStatus.MAPPING],
        parts=parts(batch.counts, outcome),
        left=list(batch.kept.exclude(left="")[:LEFT_SHOWN]) if batch.counts.get("left") else [],
        may_write=program_office(user),
        shows_rows=shows and batch.status != BatchStatus.UNDONE,
    )


def parts(counts: dict[str, int], outcome: str) -> list[Part]:
    return [
        Part(one.value, one.label, Outcome.tones[one.value], number(counts[one.value]), one.value == outcome)
        for one in Outcome
        if counts.get(one.value)
    ]


def first_outcome(batch: Batch, asked: str) -> str:
    """The rows that are shown: those asked for, else those that somebody has to look at first."""
    order = (
        Outcome.REFUSED,
        Outcome.SIMILAR,
        Outcome.LATE,
        Outcome.CHANGED,
        Outcome.CREATED,
        Outcome.DUPLICATE,
        Outcome.UNCHANGED,
    )
    if asked in Outcome.values:
        return asked
    return next((one.value for one in order if batch.counts.get(one.value)), Outcome.CREATED.value)
