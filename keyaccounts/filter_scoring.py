"""What a set of criteria says of one nomination: exact, and pure of everything else (K-08, K-09).

A criterion is whatever has `kind`, `weight`, `fact`, `compare` and `threshold`; its answer comes from what is on file or,
where that is not known, from a person's score.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .choices_filter import BEST_SCORE, MET_FROM, Compare, CriterionKind, Verdict

Value = Decimal | bool


@dataclass(frozen=True)
class Answer:
    """What one criterion comes to. `met` and `points` are None where neither a fact nor a person answers it."""

    criterion: Any
    met: bool | None
    points: Decimal | None

    @property
    def is_must(self) -> bool:
        return bool(self.criterion.kind == CriterionKind.MUST)

    @property
    def missed(self) -> bool:
        """A must-have that is not met."""
        return self.is_must and self.met is False


@dataclass(frozen=True)
class Standing:
    """All answers of one nomination against the bar.

    `lowest` is what is reached already, `highest` what could be reached if all that is open were answered at its best.
    """

    answers: Sequence[Answer]
    bar: Decimal
    lowest: Decimal
    highest: Decimal

    @property
    def missed(self) -> list[Any]:
        return [answer.criterion for answer in self.answers if answer.missed]

    @property
    def open(self) -> list[Any]:
        return [answer.criterion for answer in self.answers if answer.met is None]

    @property
    def verdict(self) -> Verdict:
        """Said as soon as no open answer can change it any more."""
        if self.missed or self.highest < self.bar:
            return Verdict.FAILS
        unsure = any(answer.is_must and answer.met is None for answer in self.answers)
        return Verdict.OPEN if unsure or self.lowest < self.bar else Verdict.PASSES


def answer(criterion: Any, known: Value | None, score: int | None) -> Answer:
    """What is on file holds, whatever was judged; a weight is given in full or not at all by a fact, in fifths by a person."""
    weight = criterion.weight if criterion.kind == CriterionKind.WEIGHTED else 0
    if criterion.fact and known is not None:
        met = compared(criterion, known)
        return Answer(criterion, met, Decimal(weight if met else 0))
    if score is not None:
        return Answer(criterion, score >= MET_FROM, Decimal(weight * score) / BEST_SCORE)
    return Answer(criterion, None, None)


def compared(criterion: Any, known: Value) -> bool:
    """At the threshold is enough, in both directions."""
    if criterion.compare == Compare.AT_LEAST:
        return known >= criterion.threshold
    if criterion.compare == Compare.AT_MOST:
        return known <= criterion.threshold
    return bool(known) is (criterion.compare == Compare.HOLDS)


def standing(answers: Iterable[Answer], bar: Decimal) -> Standing:
    answers = list(answers)
    lowest = sum((one.points for one in answers if one.points is not None), Decimal())
    still = sum(one.criterion.weight for one in answers if one.points is None and not one.is_must)
    return Standing(answers, bar, lowest, lowest + still)
