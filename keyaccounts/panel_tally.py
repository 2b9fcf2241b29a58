"""Counting the votes of a panel: pure, so that it can be recounted (P12, feature 69)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Tally:
    """What the members voted for: of each outcome how many, in the order of the outcomes."""

    counts: Mapping[str, int]
    quorum: int

    @property
    def cast(self) -> int:
        return sum(self.counts.values())

    @property
    def has_quorum(self) -> bool:
        return self.cast >= self.quorum

    @property
    def leading(self) -> tuple[str, ...]:
        """What most voted for; several where as many voted for each."""
        most = max(self.counts.values(), default=0)
        return tuple(outcome for outcome, n in self.counts.items() if n == most) if most else ()

    @property
    def is_tied(self) -> bool:
        return len(self.leading) > 1

    @property
    def bounds(self) -> tuple[str, ...]:
        """What the chair may decide: whatever at least one member voted for."""
        return tuple(outcome for outcome, n in self.counts.items() if n)

    def departs(self, outcome: str) -> bool:
        """Whether this decision is another than that of the most; of a tie each is the chair's to choose."""
        return outcome not in self.leading


def tally(votes: Iterable[str], outcomes: Sequence[str], quorum: int) -> Tally:
    """Count the votes that stand; one for anything else than the outcomes would be a fault of the program."""
    counted = Counter(votes)
    if strange := set(counted) - set(outcomes):
        raise ValueError(f"Votes for what was not asked: {sorted(strange)}")
    return Tally({outcome: counted[outcome] for outcome in outcomes}, quorum)


def averages(scored: Sequence[Mapping[str, int]]) -> dict[str, Fraction]:
    """The mean score of each question, exact, over the members who answered it."""
    asked = dict.fromkeys(question for scores in scored for question in scores)
    given = {question: [scores[question] for scores in scored if question in scores] for question in asked}
    return {question: Fraction(sum(values), len(values)) for question, values in given.items()}
