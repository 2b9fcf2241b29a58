"""What the page of one import shows, wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.people.models import User
from acr_program.people.roles import program_office
from acr_program.ui.phrases import number
from acr_program.workflow.offers import Offer, offers

from .choices import BatchStatus, Choice, Outcome, Task
from .models import Batch, Kept, Work
from .tables import title_of

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

    title: str
    noun: tuple[Any, Any]
    work: Work | None
    counts: dict[str, int]
    head: dict[str, Any]
    offers: list[Offer]
    parts: list[Part]
    left: list[Kept]
    may_write: bool
    shows_rows: bool
    decided: dict[str, int]  # rows similar to what is there, by what was said of them

    @property
    def undecided(self) -> int:
        return self.decided.get(Choice.OPEN, 0)

    @property
    def made_or_changed(self) -> bool:
        return bool(self.counts.get(Outcome.CREATED, 0) or self.counts.get(Outcome.CHANGED, 0))

    @property
    def undid(self) -> str:
        """What undoing the import came to."""
        undone, left = self.counts.get("undone", 0), self.counts.get("left", 0)
        words = ngettext("%(n)s change of it is taken back.", "%(n)s changes of it are taken back.", undone)
        said = [words % {"n": number(undone)}]
        if left:
            said.append(
                ngettext(
                    "%(n)s is left as it is, with the reason.",
                    "%(n)s are left as they are, each with the reason.",
                    left,
                )
                % {"n": number(left)}
            )
        return " ".join(said)

    @property
    def does(self) -> str:
        """What taking the file in will do, in one sentence: how many are made, changed, and left out."""
        counts = self.counts
        made = counts.get(Outcome.CREATED, 0) + self.decided.get(Choice.NEW, 0)
        changed = counts.get(Outcome.CHANGED, 0) + self.decided.get(Choice.MERGE, 0)
        left = {
            _("%(n)s refused"): counts.get(Outcome.REFUSED, 0),
            _("%(n)s twice in the file"): counts.get(Outcome.DUPLICATE, 0),
            _("%(n)s similar to one that is there, not decided yet"): self.undecided,
            _("%(n)s that you left out"): self.decided.get(Choice.SKIP, 0),
        }
        said = [words % {"n": number(n)} for words, n in left.items() if n]
        one, many = self.noun
        parts = [
            _("makes %(n)s new %(what)s") % {"n": number(made), "what": one if made == 1 else many} if made else "",
            _("changes %(n)s %(what)s") % {"n": number(changed), "what": one if changed == 1 else many}
            if changed
            else "",
        ]
        done = _(" and ").join(filter(None, parts)) or _("changes nothing")
        does = _("Taking the file in %(does)s.") % {"does": done}
        return " ".join([does, _("Left out: %(what)s.") % {"what": "; ".join(said)}] if said else [does])

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
        title=title_of(batch),
        noun=batch.of.noun,
        work=works[0] if works and batch.at_work else None,
        counts=batch.counts,
        head=head,
        offers=steps_of(batch, user),
        parts=parts(batch.counts, outcome),
        left=list(batch.kept.exclude(left="")[:LEFT_SHOWN]) if batch.counts.get("left") else [],
        may_write=program_office(user),
        shows_rows=shows,
        decided=decided(batch) if batch.counts.get(Outcome.SIMILAR) else {},
    )


def steps_of(batch: Batch, user: User) -> list[Offer]:
    """The main step first; while columns are asked, their form is what has the rows checked."""
    found = [one for one in offers(batch, user) if one.name != "check_rows" or batch.status != BatchStatus.MAPPING]
    return sorted(found, key=lambda one: one.kind != "")


def decided(batch: Batch) -> dict[str, int]:
    """How many of the similar rows somebody has said something of, and what."""
    rows = batch.rows.filter(outcome=Outcome.SIMILAR).order_by().values_list("choice")
    return dict(rows.annotate(n=Count("pk")))


def parts(counts: dict[str, int], outcome: str) -> list[Part]:
    return [
        Part(one.value, one.label, Outcome.tones[one.value], number(counts[one.value]), one.value == outcome)
        for one in Outcome
        if counts.get(one.value)
    ]


def first_outcome(batch: Batch, asked: str) -> str:
    """The rows that are shown: those asked for, else those that went wrong, else what is done; its page asks of the similar."""
    order = (
        Outcome.REFUSED,
        Outcome.LATE,
        Outcome.CHANGED,
        Outcome.CREATED,
        Outcome.SIMILAR,
        Outcome.DUPLICATE,
        Outcome.UNCHANGED,
    )
    if asked in Outcome.values:
        return asked
    return next((one.value for one in order if batch.counts.get(one.value)), Outcome.CREATED.value)
