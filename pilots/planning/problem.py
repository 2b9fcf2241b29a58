"""What is asked of a plan: requirements to cover, candidates who cover some of them, and how many pilots the office can carry."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from enum import StrEnum

HIGHEST = 1000  # points: up to here the solver's floating numbers cannot blur one point


class Kind(StrEnum):
    """What a requirement is about."""

    UNIT = "unit"
    THEATER = "theater"
    ASPECT = "aspect"


class Hand(StrEnum):
    """What a person has said of a candidate; the planner keeps to it."""

    FREE = "free"
    CHOSEN = "chosen"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class Requirement:
    """A business unit, a theater or an aspect of the program that at least one pilot is to stand for; `label` is for people."""

    kind: str
    key: str
    label: str

    @property
    def blocks(self) -> bool:
        """Whether a wave is not launched without it (P-16); the others warn (P-17, P-19)."""
        return self.kind == Kind.UNIT


@dataclass(frozen=True)
class Candidate:
    """A qualified account with what it would cover; `score` in points, `key` the caller's own."""

    key: int
    number: str
    name: str
    score: int
    covers: frozenset[Requirement]
    hand: Hand = Hand.FREE

    @property
    def order(self) -> tuple[str, int]:
        """Who goes first among equals: by customer number."""
        return self.number, self.key


@dataclass(frozen=True)
class Problem:
    """One question to the planner. What a candidate covers beyond the requirements does not count."""

    requirements: tuple[Requirement, ...]
    candidates: tuple[Candidate, ...]
    capacity: int

    def __post_init__(self) -> None:
        if self.capacity < 0:
            raise ValueError("capacity is a number of pilots, not below zero")
        if len({one.key for one in self.candidates}) < len(self.candidates):
            raise ValueError("each candidate has a key of its own")
        if any(not 0 <= one.score <= HIGHEST for one in self.candidates):
            raise ValueError(f"a score is a whole number of points from 0 to {HIGHEST:,}")

    def by_hand(self, hand: Hand) -> tuple[Candidate, ...]:
        return tuple(sorted((one for one in self.candidates if one.hand is hand), key=by_order))

    @property
    def room(self) -> int:
        """How many pilots the planner may add to those chosen by hand."""
        return max(0, self.capacity - len(self.by_hand(Hand.CHOSEN)))

    def covered(self, pilots: Iterable[Candidate]) -> frozenset[Requirement]:
        """What these stand for of all that is required."""
        return frozenset(self.requirements) & frozenset[Requirement]().union(*(one.covers for one in pilots))

    def told(self, some: Set[Requirement]) -> tuple[Requirement, ...]:
        """These in the order in which they are required."""
        return tuple(one for one in self.requirements if one in some)


def by_order(candidate: Candidate) -> tuple[str, int]:
    return candidate.order


def worth(covered: Iterable[Requirement]) -> tuple[int, int]:
    """Coverage as it is compared: requirements that block, then the others."""
    blocking = [one.blocks for one in covered]
    return sum(blocking), len(blocking) - sum(blocking)
