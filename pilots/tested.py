"""What a wave has tested: a step or tool is tested once the review of a pilot passed it and the pilot rated it (P-19)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reviews.choices import RequestStatus
from reviews.models import ReviewRequest
from reviews.process.checklist import BEHIND
from reviews.process.described import PROCESS

from .choices import MET_FROM
from .covering import pilots

PLACES = {step.key: place for place, step in enumerate(PROCESS)}
LAST = PROCESS[-1].key


@dataclass(frozen=True)
class Cell:
    """One aspect in one pilot: whether it is to test it, whether its review passed it, and how it was rated."""

    planned: bool
    passed: bool
    rating: Any = None

    @property
    def tested(self) -> bool:
        return self.passed and self.rating is not None

    @property
    def says(self) -> str:
        """In the grid: the score once it is tested, else how far it is."""
        if self.rating is not None:
            return str(self.rating.score) if self.passed else _("%(score)d, not passed") % {"score": self.rating.score}
        if self.passed:
            return _("not rated")
        return _("planned") if self.planned else "–"

    @property
    def tone(self) -> str:
        if self.tested:
            return "good" if self.rating.score >= MET_FROM else "bad"
        return "warn" if self.passed and self.planned else "info" if self.planned else "neutral"


@dataclass(frozen=True)
class Tested:
    """One aspect across the pilots of a wave, in their order."""

    aspect: Any
    cells: list[Cell]

    @property
    def is_tested(self) -> bool:
        return any(cell.tested for cell in self.cells)

    @property
    def scores(self) -> list[int]:
        return [cell.rating.score for cell in self.cells if cell.rating]

    @property
    def average(self) -> float | None:
        """What it was rated on average; nothing where nobody has rated it."""
        return sum(self.scores) / len(self.scores) if self.scores else None


def reviews_of(of: Iterable[Any]) -> dict[int, ReviewRequest]:
    """The newest review that each pilot's account asked for since the pilot began, by the pilot's id; one query."""
    begun = {pilot.account_id: pilot for pilot in of if pilot.started_on}
    rows = ReviewRequest.objects.filter(account__in=begun).exclude(
        status__in=[RequestStatus.DRAFT, RequestStatus.CANCELLED]
    )
    found: dict[int, ReviewRequest] = {}
    for review in rows.select_related("account", "year", "rep").order_by("created_at", "pk"):
        pilot = begun[review.account_id]
        if localdate(review.created_at) >= pilot.started_on:
            found[pilot.pk] = review
    return found


def passed(review: ReviewRequest | None, step: str) -> bool:
    """Whether the review has this step of the process behind it; what belongs to no step is passed as soon as it is rated."""
    if not step:
        return True
    if review is None:
        return False
    if step == LAST:
        return bool(review.status == RequestStatus.CLOSED)
    return PLACES.get(step, len(PLACES)) < BEHIND[RequestStatus(review.status)]


def grid(wave: Any, of: list[Any]) -> list[Tested]:
    """Every aspect of the wave by these pilots; four queries (P-02, P-19)."""
    reviews = reviews_of(of)
    ratings = {(one.candidate_id, one.aspect_id): one for one in rated(wave)}
    through = set(
        wave.candidates.model.aspects.through.objects.filter(pilotcandidate__in=[pilot.pk for pilot in of])
        .values_list("pilotcandidate", "aspect")
    )  # fmt: skip
    return [
        Tested(
            aspect,
            [
                Cell(
                    (pilot.pk, aspect.pk) in through,
                    passed(reviews.get(pilot.pk), aspect.step),
                    ratings.get((pilot.pk, aspect.pk)),
                )
                for pilot in of
            ],
        )
        for aspect in wave.aspects.all()
    ]


def rated(wave: Any) -> Iterable[Any]:
    """Every rating of the wave."""
    found: Any = wave.aspects.model._meta.get_field("ratings").related_model
    rows: Iterable[Any] = found.objects.filter(aspect__wave=wave).select_related("candidate__account")
    return rows


def left_open(wave: Any) -> dict[str, list[str]]:
    """What the decision on a wave has in sight: findings still open, aspects untested (P-01, P-19)."""
    untested = [row.aspect.title for row in grid(wave, pilots(wave)) if not row.is_tested]
    return {"findings": [str(finding) for finding in wave.findings.still_open().order_by("pk")], "untested": untested}
