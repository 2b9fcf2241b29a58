"""The search for the one best set: coverage first, then the fewest pilots, then the highest score, then customer numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic

from .exact import Model, Row, most
from .problem import Candidate, Hand, Problem, by_order

Columns = frozenset[int]
Rank = tuple[int, int, int, int]  # what blocks, what warns, pilots (below zero: fewer are better), points
UNITS, OTHERS, PILOTS, POINTS = range(4)


class Stage(StrEnum):
    """What is settled, one after the other."""

    COVERAGE = "coverage"
    NUMBER = "number"
    SCORE = "score"
    ORDER = "order"


STAGES = {UNITS: Stage.COVERAGE, OTHERS: Stage.COVERAGE, POINTS: Stage.SCORE}


@dataclass(frozen=True)
class Unproved:
    """The first stage that the time did not suffice for: what was found, and what has not been ruled out."""

    stage: Stage
    found: int
    bound: int


@dataclass(frozen=True)
class Found:
    """The pilots to add to those chosen by hand, and how many it takes (with those) to cover all that can be covered."""

    added: tuple[Candidate, ...]
    needed: int
    unproved: Unproved | None


class Search:
    """One search for at most so many pilots: who may matter is a column, in the order of customer numbers; coverage is bits."""

    def __init__(self, problem: Problem, room: int, seconds: float) -> None:
        self.room = room
        self.ends = monotonic() + seconds
        self.unproved: Unproved | None = None
        chosen, free = problem.by_hand(Hand.CHOSEN), problem.by_hand(Hand.FREE)
        self.by_hand = len(chosen)
        self.wanted = problem.told(problem.covered(free) - problem.covered(chosen))
        bits = {one: 1 << place for place, one in enumerate(self.wanted)}
        self.blocking = sum(bit for one, bit in bits.items() if one.blocks)
        gives = {one: sum(bits.get(covered, 0) for covered in one.covers) for one in free}
        self.field = sorted(undominated(gives), key=by_order)
        self.gives = [gives[one] for one in self.field]
        covers = {one: len(self.field) + place for place, one in enumerate(self.wanted)}
        self.gain: list[dict[int, int]] = [
            {column: 1 for one, column in covers.items() if one.blocks},
            {column: 1 for one, column in covers.items() if not one.blocks},
            dict.fromkeys(range(len(self.field)), -1),
            {column: one.score for column, one in enumerate(self.field)},
        ]
        self.rows = [
            Row({covered: 1} | {column: -1 for column, gives in enumerate(self.gives) if gives & bits[one]}, at_most=0)
            for one, covered in covers.items()
        ]

    def run(self) -> Found:
        chosen = self.earliest(self.settle(POINTS, self.covering(), self.room))
        return Found(self.named(chosen), self.by_hand + self.needed, self.unproved)

    def covering(self) -> Columns:
        """Some set that covers as much as there is room for, with as few pilots as that takes."""
        chosen = self.fewest()
        self.needed = len(chosen)
        if self.needed <= self.room:
            return chosen
        number, self.unproved = self.unproved, None  # how many more than there is room for decides nothing
        chosen = self.settle(OTHERS, self.settle(UNITS, self.greedy(self.room), self.room), self.room)
        if sum(self.rank(chosen)[:PILOTS]) == len(self.wanted):  # there was room for all, and how few it takes is open
            self.needed, self.unproved = len(chosen), number
        return chosen

    def named(self, ones: Columns) -> tuple[Candidate, ...]:
        return tuple(self.field[column] for column in sorted(ones))

    def fewest(self) -> Columns:
        """As few as cover all that can be covered, whatever the room.

        Scores break the ties here already, though the next stage settles them: where all weigh the same, the search is slow.
        """
        highest = max((one.score for one in self.field), default=0)
        pilot = 1 + len(self.wanted) * highest  # outweighs all scores of a set in which each covers something alone
        start = self.greedy(len(self.field))
        everything = self.rank(start)[:PILOTS]

        def value(ones: Columns) -> int | None:
            rank = self.rank(ones)
            return pilot * rank[PILOTS] + rank[POINTS] if rank[:PILOTS] == everything else None

        model = self.model(everything, len(self.field))
        gain = {column: one.score - pilot for column, one in enumerate(self.field)}
        return self.best(Stage.NUMBER, model, gain, start, value, lambda worth: -(worth // pilot))

    def settle(self, level: int, start: Columns, room: int) -> Columns:
        """The best at this level of all sets that are as good as the start at the levels before."""
        held = self.rank(start)
        model = self.model(held[:level], room)

        def value(ones: Columns) -> int | None:
            rank = self.rank(ones)
            return rank[level] if len(ones) <= room and at_least(rank[:level], held) else None

        return self.best(STAGES[level], model, self.gain[level], start, value)

    def earliest(self, chosen: Columns) -> Columns:
        """Of the sets that are equal in all that, the one with the earliest first customer number, then the second, and so on.

        What is not proved to be as good as can be has no equals to choose from.
        """
        rank = self.rank(chosen)
        place = begin = 0
        while place < len(chosen) and (self.unproved is None or self.unproved.stage is Stage.ORDER):
            now = sorted(chosen)
            if now[place] > begin:
                chosen = self.earlier(chosen, rank, now[:place], range(begin, now[place] + 1))
            begin = sorted(chosen)[place] + 1
            place += 1
        return chosen

    def earlier(self, chosen: Columns, rank: Rank, settled: list[int], among: range) -> Columns:
        """The equal set that begins as settled and goes on as early as it can.

        A pointer points at one chosen column of these, and the place pointed at costs: so the earliest is found without
        weights that a floating number could not hold.
        """
        model = self.model(rank, self.room)
        points = {column: model.columns + number for number, column in enumerate(among)}
        model.columns += len(points)
        model.rows += [
            Row(dict.fromkeys(settled, 1), at_least=len(settled)),
            Row(dict.fromkeys(range(among.start), 1), at_most=len(settled)),
            Row(dict.fromkeys(points.values(), 1), at_least=1, at_most=1),
            *(Row({pointer: 1, column: -1}, at_most=0) for column, pointer in points.items()),
        ]

        def value(ones: Columns) -> int | None:
            columns = sorted(ones)
            same = at_least(self.rank(ones), rank) and columns[: len(settled)] == settled
            return -columns[len(settled)] if same else None

        return self.best(Stage.ORDER, model, {pointer: -column for column, pointer in points.items()}, chosen, value)

    def best(
        self,
        stage: Stage,
        model: Model,
        gain: Mapping[int, int],
        start: Columns,
        value: Callable[[Columns], int | None],
        told: Callable[[int], int] = abs,
    ) -> Columns:
        """The best of a stage; where it is not proved, the first such stage is kept with its figures as they are told."""
        found = most(model, gain, start, value, self.ends - monotonic())
        if told(found.value) != told(found.bound) and self.unproved is None:
            self.unproved = Unproved(stage, told(found.value), told(found.bound))
        return self.lean(found.ones)

    def model(self, held: Sequence[int], room: int) -> Model:
        """At most so many pilots, and no less at the levels that are settled."""
        rows = [*self.rows, Row(self.gain[PILOTS], at_least=-room)]
        rows += [Row(gain, at_least=amount) for gain, amount in zip(self.gain, held, strict=False)]
        return Model(len(self.field), len(self.field) + len(self.wanted), rows)

    def rank(self, ones: Columns) -> Rank:
        covered = 0
        for column in ones:
            covered |= self.gives[column]
        blocking = (covered & self.blocking).bit_count()
        return blocking, covered.bit_count() - blocking, -len(ones), sum(self.field[column].score for column in ones)

    def greedy(self, room: int) -> Columns:
        """A plain start: time and again who adds most."""
        chosen: Columns = frozenset()
        while len(chosen) < room:
            best = max(range(len(self.field)), key=lambda column: self.rank(chosen | {column}), default=None)
            if best is None or self.rank(chosen | {best})[:PILOTS] == self.rank(chosen)[:PILOTS]:
                break
            chosen |= {best}
        return self.lean(chosen)

    def lean(self, ones: Columns) -> Columns:
        """Without those whom the others make superfluous, the lowest score first."""
        for column in sorted(ones, key=lambda column: self.field[column].score):
            if self.rank(ones - {column})[:PILOTS] == self.rank(ones)[:PILOTS]:
                ones -= {column}
        return ones


def undominated(gives: Mapping[Candidate, int]) -> list[Candidate]:
    """Those whom no other makes superfluous: who covers as much and more, and goes first by score or number.

    In the one best set each of the others would be replaced, so that they need not be searched. What each gives is a bit
    a requirement.
    """
    kept: list[Candidate] = []
    sets: list[int] = []
    for one in sorted(gives, key=lambda one: (-one.score, *one.order)):
        mine = gives[one]
        if mine and not any(mine & ~other == 0 for other in sets):
            kept.append(one)
            sets.append(mine)
    return kept


def at_least(these: Sequence[int], those: Sequence[int]) -> bool:
    return all(this >= that for this, that in zip(these, those, strict=False))
