"""Each reason is true: what it says would happen does, when one tries."""

from __future__ import annotations

from collections import Counter

import pytest

from pilots.planning.plan import Lack, Plan, Reason, Reasons, Why, plan
from pilots.planning.problem import Candidate, Hand, Kind, Problem, Requirement, worth

from .questions import drawn, required

SEAFOOD, DAIRY = required(Kind.UNIT, "Seafood"), required(Kind.UNIT, "Dairy")
EMEA, APAC = required(Kind.THEATER, "EMEA"), required(Kind.THEATER, "APAC")


def one(key: int, score: int, *covers: Requirement, hand: Hand = Hand.FREE) -> Candidate:
    return Candidate(key, f"C{key}", f"Company {key}", score, frozenset(covers), hand)


def planned(*candidates: Candidate, capacity: int = 9) -> Plan:
    return plan(Problem((SEAFOOD, DAIRY, EMEA, APAC), candidates, capacity))


def reason(found: Plan, key: int) -> Reason:
    return next(one for one in found.reasons if one.candidate.key == key)


def true(found: Plan, said: Reason) -> bool:
    """Whether what is said comes about when this candidate goes, comes or takes the other's place."""
    problem, pilots, who = found.problem, set(found.pilots), said.candidate
    without = found.covered - problem.covered(pilots - {who})
    others = [other for other in problem.candidates if other is not who and other.hand is not Hand.EXCLUDED]
    with_it = problem.covered(pilots | {who}) - found.covered
    instead = problem.covered(pilots - {said.other} | {who}) if said.other else frozenset()
    turns_on = set(said.turns_on)
    return {
        Why.BY_HAND: lambda: who.hand is Hand.CHOSEN and turns_on == without,
        Why.ONLY_ONE: lambda: turns_on and turns_on <= without and not turns_on & problem.covered(others),
        Why.NEEDED: lambda: turns_on and turns_on == without and turns_on <= problem.covered(others),
        Why.EXCLUDED: lambda: who.hand is Hand.EXCLUDED and turns_on == with_it,
        Why.NOTHING: lambda: not problem.covered([who]),
        Why.SUPERFLUOUS: lambda: (
            not with_it and all(problem.covered(pilots - {other} | {who}) < found.covered for other in free(pilots))
        ),
        Why.LOWER: lambda: instead == found.covered and said.by == said.other.score - who.score > 0,
        Why.LATER: lambda: instead == found.covered and said.by == 0 and who.number > said.other.number,
        Why.TRADE: lambda: (
            turns_on == with_it
            and instead == (found.covered | turns_on) - set(said.lost)
            and said.lost
            and (worth(instead), -said.by) <= (worth(found.covered), 0)
            and len(pilots) >= problem.capacity
        ),
        Why.NO_ROOM: lambda: turns_on == with_it and not free(pilots) and len(pilots) >= problem.capacity,
        Why.UNSETTLED: lambda: False,
    }[said.why]()


def free(pilots: set[Candidate]) -> list[Candidate]:
    return [pilot for pilot in pilots if pilot.hand is Hand.FREE]


@pytest.mark.demand("P-22", "M9")
def test_every_reason_is_true_and_each_candidate_has_one():
    seen: Counter[Why] = Counter()
    lies = []
    for seed in range(500):
        found = plan(drawn(seed))
        assert Counter(said.candidate for said in found.reasons) == Counter(found.problem.candidates)
        inside = [said.candidate for said in found.reasons[: len(found.pilots)]]
        assert inside == list(found.pilots)
        seen.update(said.why for said in found.reasons)
        lies += [(seed, said.why, said.candidate.key) for said in found.reasons if not true(found, said)]
    assert lies == []
    assert set(seen) == set(Why) - {Why.UNSETTLED}


@pytest.mark.demand("P-19", "M9")
def test_a_gap_says_whether_nobody_covers_it_or_only_who_was_excluded_or_the_capacity_is_used_up():
    found = planned(
        one(1, 10, SEAFOOD), one(2, 10, DAIRY), one(3, 10, EMEA, hand=Hand.EXCLUDED), capacity=1
    )  # fmt: skip
    assert [(gap.requirement, gap.lack, [who.key for who in gap.who]) for gap in found.gaps] == [
        (DAIRY, Lack.CAPACITY, [2]), (EMEA, Lack.EXCLUDED, [3]), (APAC, Lack.NOBODY, []),
    ]  # fmt: skip


@pytest.mark.demand("P-16", "M9")
def test_a_business_unit_goes_before_theaters():
    """A unit without a pilot blocks the launch, a theater warns: one unit outweighs two theaters."""
    found = planned(one(1, 1, SEAFOOD), one(2, 99, EMEA, APAC), capacity=1)
    assert [pilot.key for pilot in found.pilots] == [1]
    said = reason(found, 2)
    assert (said.why, said.turns_on, said.other, said.lost) == (Why.TRADE, (EMEA, APAC), found.pilots[0], (SEAFOOD,))


@pytest.mark.demand("P-18", "M9")
def test_one_more_pilot_is_told_as_one_beside_the_others_where_that_buys_as_much():
    found = planned(one(1, 9, SEAFOOD), one(2, 8, DAIRY), one(3, 7, EMEA), capacity=2)
    more = found.one_more
    assert (more.gained, more.lost, [who.key for who in more.comes], more.goes) == ((EMEA,), (), [3], ())
    assert found.needed == 3


def test_one_more_pilot_changes_the_others_only_where_that_covers_more():
    """One pilot: who covers three. Two: another two, who cover all four between them."""
    found = planned(one(1, 5, SEAFOOD, EMEA, APAC), one(2, 5, SEAFOOD, EMEA), one(3, 5, DAIRY), capacity=1)
    assert [who.key for who in found.one_more.comes] == [3]
    found = plan(
        Problem(
            (SEAFOOD, DAIRY, EMEA, APAC, required(Kind.THEATER, "LATAM"), required(Kind.THEATER, "AMER")),
            (
                one(1, 5, SEAFOOD, EMEA, DAIRY),
                one(2, 5, SEAFOOD, required(Kind.THEATER, "LATAM"), required(Kind.THEATER, "AMER")),
                one(3, 5, DAIRY, EMEA, APAC),
            ),
            1,
        )
    )
    assert [who.key for who in found.pilots] == [1]
    assert ([who.key for who in found.one_more.comes], [who.key for who in found.one_more.goes]) == ([2, 3], [1])


@pytest.mark.demand("P-18", "M9")
def test_more_chosen_by_hand_than_fit_all_stay_and_the_plan_says_how_many_are_above_the_capacity():
    found = planned(
        one(1, 5, SEAFOOD, hand=Hand.CHOSEN), one(2, 5, DAIRY, hand=Hand.CHOSEN), one(3, 5, EMEA), capacity=1
    )
    assert ([who.key for who in found.pilots], found.over) == ([1, 2], 1)
    assert reason(found, 3).why is Why.NO_ROOM


def test_of_a_plan_that_was_not_searched_to_its_end_no_reason_says_that_another_is_worse():
    better, same, poor = one(1, 90, SEAFOOD, DAIRY), one(2, 9, SEAFOOD), one(3, 9, SEAFOOD)
    problem = Problem((SEAFOOD, DAIRY), (better, same, poor), 9)
    found = Reasons(problem, (poor,)).all()
    assert [(said.candidate.key, said.why) for said in found] == [
        (3, Why.NEEDED),
        (1, Why.UNSETTLED),
        (2, Why.UNSETTLED),
    ]
