"""Questions to the planner, drawn by a seed: small ones, with their answers by trying every set there is, and a large one."""

from __future__ import annotations

from itertools import combinations
from random import Random

from pilots.planning.problem import Candidate, Hand, Kind, Problem, Requirement, worth


def required(kind: Kind, name: str) -> Requirement:
    return Requirement(kind, name, name)


UNITS = [required(Kind.UNIT, name) for name in ("Seafood", "Dairy", "Beverages")]
OTHERS = [required(Kind.THEATER, "EMEA"), required(Kind.THEATER, "APAC")]
OTHERS += [required(Kind.ASPECT, name) for name in ("approving", "printing", "meeting")]
HANDS = [Hand.FREE] * 6 + [Hand.CHOSEN, Hand.EXCLUDED]


def drawn(seed: int) -> Problem:
    """Up to nine candidates; few different scores, so that ties are the rule and not the exception."""
    chance = Random(seed)
    wanted = chance.sample(UNITS + OTHERS, chance.randint(1, 8))
    highest = chance.choice([0, 2, 100])
    keys = list(range(1, chance.randint(1, 9) + 1))
    chance.shuffle(keys)
    hands = chance.choice([[Hand.FREE], HANDS])
    return Problem(
        tuple(wanted),
        tuple(
            Candidate(
                key, f"C{key}", f"Company {key}", chance.randint(0, highest),
                frozenset(chance.sample(UNITS + OTHERS, chance.randint(0, 4))), chance.choice(hands),
            )
            for key in keys
        ),
        chance.randint(0, 6),
    )  # fmt: skip


def large(seed: int = 1, candidates: int = 2000, capacity: int = 40) -> Problem:
    """Thirty requirements: ten units, four theaters, sixteen aspects."""
    chance = Random(seed)
    units = [required(Kind.UNIT, f"unit {number}") for number in range(10)]
    theaters = [required(Kind.THEATER, f"theater {number}") for number in range(4)]
    aspects = [required(Kind.ASPECT, f"aspect {number}") for number in range(16)]
    return Problem(
        (*units, *theaters, *aspects),
        tuple(
            Candidate(
                key, f"C{key:04}", f"Company {key}", chance.randint(0, 100),
                frozenset([chance.choice(units), chance.choice(theaters), *chance.sample(aspects, chance.randint(1, 5))]),
            )
            for key in range(candidates)
        ),
        capacity,
    )  # fmt: skip


def every_set(problem: Problem, room: int) -> list[tuple[Candidate, ...]]:
    """Those chosen by hand with every set of others that there is room for."""
    chosen = problem.by_hand(Hand.CHOSEN)
    free = problem.by_hand(Hand.FREE)
    return [(*chosen, *added) for number in range(min(room, len(free)) + 1) for added in combinations(free, number)]


def best_of_all(problem: Problem, room: int) -> list[int]:
    """The keys of the best set: coverage, then few, then high scores, then early numbers."""

    def goodness(pilots: tuple[Candidate, ...]) -> tuple[object, ...]:
        numbers = sorted(one.number for one in pilots)
        return (
            tuple(-amount for amount in worth(problem.covered(pilots))),
            len(pilots),
            -sum(one.score for one in pilots),
            numbers,
        )

    return [one.key for one in sorted(min(every_set(problem, room), key=goodness), key=lambda one: one.number)]


def fewest_for_all(problem: Problem) -> int:
    """How many pilots it takes to cover whatever can be covered."""
    sets = every_set(problem, len(problem.candidates))
    most = max(len(problem.covered(pilots)) for pilots in sets)
    return min(len(pilots) for pilots in sets if len(problem.covered(pilots)) == most)
