"""A plan with its reasons: who is in and why, who is not and why not, what stays open, and what one more pilot would buy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .problem import Candidate, Hand, Problem, Requirement, by_order, worth
from .search import Search, Unproved

SECONDS = 10.0  # for one plan, with what one more pilot would buy


class Why(StrEnum):
    """Why a candidate is in the plan or not."""

    BY_HAND = "by_hand"  # in: somebody chose it
    ONLY_ONE = "only_one"  # in: nobody else covers this
    NEEDED = "needed"  # in: no other pilot of the plan covers this
    EXCLUDED = "excluded"  # out: somebody excluded it
    NOTHING = "nothing"  # out: it covers nothing that is required
    SUPERFLUOUS = "superfluous"  # out: the plan covers all of it, and it could take nobody's place
    LOWER = "lower"  # out: it could take the place of another, which has a higher score
    LATER = "later"  # out: the same, with an equal score and a later customer number
    TRADE = "trade"  # out: it covers what is open, and the plan would lose as much for it
    NO_ROOM = "no_room"  # out: it covers what is open, and those chosen by hand take all places
    UNSETTLED = "unsettled"  # out: perhaps better; the time was up


@dataclass(frozen=True)
class Reason:
    """Why one candidate is in or out.

    `turns_on`: what only it covers in the plan, or would add to it; `other` and `lost`: in whose place it would stand, and
    what would be lost with that; `by`: how many points it lies below.
    """

    candidate: Candidate
    why: Why
    turns_on: tuple[Requirement, ...] = ()
    other: Candidate | None = None
    lost: tuple[Requirement, ...] = ()
    by: int = 0


class Lack(StrEnum):
    """Why a requirement stays open."""

    NOBODY = "nobody"
    EXCLUDED = "excluded"
    CAPACITY = "capacity"


@dataclass(frozen=True)
class Gap:
    """A requirement that no pilot of the plan covers; `who` could."""

    requirement: Requirement
    lack: Lack
    who: tuple[Candidate, ...]


@dataclass(frozen=True)
class OneMore:
    """The best plan with one pilot more: what it covers besides, who comes in and who goes."""

    gained: tuple[Requirement, ...]
    lost: tuple[Requirement, ...]
    comes: tuple[Candidate, ...]
    goes: tuple[Candidate, ...]


@dataclass(frozen=True)
class Plan:
    """The best set of pilots for a problem.

    `needed`: how many pilots it takes to cover all that the candidates can; `one_more` is None where that would buy
    nothing; `unproved` says what the time did not suffice to rule out, None where the plan is proved to be the best.
    """

    problem: Problem
    pilots: tuple[Candidate, ...]
    covered: frozenset[Requirement]
    reasons: tuple[Reason, ...]
    gaps: tuple[Gap, ...]
    needed: int
    one_more: OneMore | None
    unproved: Unproved | None

    @property
    def score(self) -> int:
        return sum(one.score for one in self.pilots)

    @property
    def over(self) -> int:
        """How many pilots there are above the capacity: more than fit were chosen by hand."""
        return max(0, len(self.pilots) - self.problem.capacity)


def plan(problem: Problem, seconds: float = SECONDS) -> Plan:
    """The one best plan: the same question has the same answer."""
    found = Search(problem, problem.room, seconds * 2 / 3).run()
    pilots = with_chosen(problem, found.added)
    gaps = gaps_of(problem, pilots)
    more = None
    if any(gap.lack is Lack.CAPACITY for gap in gaps):
        more = one_more(problem, pilots, seconds / 3)
    return Plan(
        problem,
        pilots,
        problem.covered(pilots),
        Reasons(problem, pilots).all(),
        gaps,
        found.needed,
        more,
        found.unproved,
    )


def with_chosen(problem: Problem, added: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    return tuple(sorted((*problem.by_hand(Hand.CHOSEN), *added), key=by_order))


def gaps_of(problem: Problem, pilots: tuple[Candidate, ...]) -> tuple[Gap, ...]:
    gaps = []
    for one in problem.told(set(problem.requirements) - problem.covered(pilots)):
        free = tuple(who for who in problem.by_hand(Hand.FREE) if one in who.covers)
        excluded = tuple(who for who in problem.by_hand(Hand.EXCLUDED) if one in who.covers)
        lack = Lack.CAPACITY if free else Lack.EXCLUDED if excluded else Lack.NOBODY
        gaps.append(Gap(one, lack, free or excluded))
    return tuple(gaps)


def one_more(problem: Problem, pilots: tuple[Candidate, ...], seconds: float) -> OneMore:
    """What room for one pilot more would buy: one beside those of the plan, where no other set of so many covers more."""
    now = problem.covered(pilots)
    search = Search(problem, len(pilots) + 1 - len(problem.by_hand(Hand.CHOSEN)), seconds)
    beside = max(
        (one for one in problem.by_hand(Hand.FREE) if one not in pilots),
        key=lambda one: (worth(problem.covered([one]) - now), one.score),
    )
    then: tuple[Candidate, ...] = (*pilots, beside)
    most = problem.covered(with_chosen(problem, search.named(search.covering())))
    if worth(most) > worth(problem.covered(then)):
        then = with_chosen(problem, search.run().added)
    more = problem.covered(then)
    return OneMore(
        problem.told(more - now),
        problem.told(now - more),
        tuple(one for one in then if one not in pilots),
        tuple(one for one in pilots if one not in then),
    )


class Reasons:
    """Each candidate's reason, told by what would change if it alone came, went or took another's place."""

    def __init__(self, problem: Problem, pilots: tuple[Candidate, ...]) -> None:
        self.problem, self.pilots = problem, pilots
        self.covered = problem.covered(pilots)
        self.alone = {one: self.covered - problem.covered(other for other in pilots if other != one) for one in pilots}
        choosable = [one for one in problem.candidates if one.hand is not Hand.EXCLUDED]
        self.sole = {
            one for one in problem.requirements if sum(one in candidate.covers for candidate in choosable) == 1
        }  # fmt: skip
        self.replaceable = [one for one in pilots if one.hand is Hand.FREE]

    def all(self) -> tuple[Reason, ...]:
        """Pilots first, then the others, each in the order of customer numbers."""
        others = sorted((one for one in self.problem.candidates if one not in self.alone), key=by_order)
        return (*map(self.inside, self.pilots), *map(self.outside, others))

    def inside(self, one: Candidate) -> Reason:
        alone = self.problem.told(self.alone[one])
        sole = tuple(requirement for requirement in alone if requirement in self.sole)
        if one.hand is Hand.CHOSEN:
            return Reason(one, Why.BY_HAND, alone)
        return Reason(one, Why.ONLY_ONE, sole) if sole else Reason(one, Why.NEEDED, alone)

    def outside(self, one: Candidate) -> Reason:
        adds = self.problem.told(self.problem.covered([one]) - self.covered)
        if one.hand is Hand.EXCLUDED:
            return Reason(one, Why.EXCLUDED, adds)
        if not self.problem.covered([one]):
            return Reason(one, Why.NOTHING)
        return self.against(one, adds)

    def against(self, one: Candidate, adds: tuple[Requirement, ...]) -> Reason:
        """Compared with the pilot whose place it could take at the least cost."""
        if not self.replaceable:
            return Reason(one, Why.NO_ROOM if adds else Why.SUPERFLUOUS, adds)
        lost = {other: self.problem.told(self.alone[other] - one.covers) for other in self.replaceable}
        other = min(reversed(self.replaceable), key=lambda other: (worth(lost[other]), other.score))
        now = (*worth(lost[other]), other.score, one.order)
        then = (*worth(adds), one.score, other.order)
        by = other.score - one.score
        if then > now or (adds and len(self.pilots) < self.problem.capacity):
            return Reason(one, Why.UNSETTLED, adds, other, lost[other], by)
        if adds:
            return Reason(one, Why.TRADE, adds, other, lost[other], by)
        if lost[other]:
            return Reason(one, Why.SUPERFLUOUS)
        return Reason(one, Why.LOWER if by else Why.LATER, (), other, (), by)
