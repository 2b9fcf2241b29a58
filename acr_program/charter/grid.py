"""Leaders beside topics: who has confirmed what in a year (G-10, G-12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui.phrases import day

from .choices import AlignmentStatus, CommunicationStatus, ReceiptStatus, Topic
from .models import Alignment, ProgramYear, Receipt

BEST = [ReceiptStatus.CONFIRMED, ReceiptStatus.WAIVED, ReceiptStatus.ASKED]


@dataclass(frozen=True)
class Cell:
    """One leader and one topic: confirmed, waived, to be confirmed, or not told."""

    topic: Any
    label: str
    tone: str


@dataclass(frozen=True)
class Row:
    """One leader: how far they are, with the day, and each topic of the year."""

    leader: User
    alignment: Alignment | None
    cells: list[Cell]

    @property
    def since(self) -> str:
        """The day that goes with how far they are."""
        known = self.alignment
        if known is None:
            return ""
        on = known.agreed_on if known.status == AlignmentStatus.AGREED else known.briefed_on
        return day(on) if on else ""


def rows(year: ProgramYear | None) -> list[Row]:
    """Every sales leader at work; three queries, however many there are."""
    standing = {row.leader_id: row for row in Alignment.objects.all()}
    told: dict[tuple[int, str], str] = {}
    sent = Receipt.objects.filter(communication__year=year, communication__status=CommunicationStatus.SENT)
    for person, status, topics in sent.values_list("person", "status", "communication__topics"):
        for topic in topics:
            told[person, topic] = min((told.get((person, topic), status), status), key=rank)
    return [
        Row(leader, standing.get(leader.pk), [cell(topic, told.get((leader.pk, topic))) for topic in Topic])
        for leader in User.objects.holding(Role.LEADER)
    ]


def rank(status: str) -> int:
    return BEST.index(ReceiptStatus(status)) if status in BEST else len(BEST)


def cell(topic: Topic, status: str | None) -> Cell:
    if status is None:
        return Cell(topic.label, _("not told"), "warn")
    return Cell(topic.label, str(ReceiptStatus(status).label).lower(), ReceiptStatus.tones[status])
