"""The planner finds what trying every set finds, and does not say that it is proved where it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pilots.planning.exact import Model, Row, most
from pilots.planning.plan import SECONDS, plan
from pilots.planning.problem import HIGHEST, Candidate, Hand, Kind, Problem, worth
from pilots.planning.search import Search, Stage, Unproved

from .questions import best_of_all, drawn, every_set, fewest_for_all, large, required

CASES = range(500)
SEAFOOD = required(Kind.UNIT, "Seafood")


@pytest.mark.demand("P-19", "M9")
def test_the_plan_is_the_one_that_trying_every_set_finds():
    wrong = []
    for seed in CASES:
        problem = drawn(seed)
        found = plan(problem)
        if [one.key for one in found.pilots] != best_of_all(problem, problem.room) or found.unproved:
            wrong.append(seed)
    assert wrong == []


@pytest.mark.demand("P-18", "M9")
def test_it_says_how_many_pilots_would_cover_all_that_can_be_covered():
    assert [seed for seed in CASES[:150] if plan(drawn(seed)).needed != fewest_for_all(drawn(seed))] == []


@pytest.mark.demand("P-18", "M9")
def test_one_pilot_more_buys_what_the_best_set_of_one_more_covers_and_nothing_where_it_says_so():
    bought = 0
    for seed in CASES[:200]:
        problem = drawn(seed)
        found = plan(problem)
        more = max(worth(problem.covered(pilots)) for pilots in every_set(problem, problem.room + 1))
        if found.over or more == worth(found.covered):
            assert found.one_more is None or found.over
            continue
        offered = found.one_more
        assert offered is not None
        then = {*found.pilots, *offered.comes} - set(offered.goes)
        assert worth(problem.covered(then)) == more
        assert len(then) == len(found.pilots) + 1
        assert problem.covered(then) == (found.covered | set(offered.gained)) - set(offered.lost)
        bought += 1
    assert bought > 20


def test_the_order_in_which_candidates_are_told_does_not_matter():
    for seed in CASES[:50]:
        problem = drawn(seed)
        turned = replace(problem, candidates=problem.candidates[::-1])
        assert plan(turned).pilots == plan(problem).pilots


@pytest.mark.demand("M9")
@pytest.mark.slow
def test_two_thousand_candidates_and_thirty_requirements_are_proved_within_the_time():
    found = plan(large(), seconds=6 * SECONDS)
    assert found.unproved is None
    assert found.gaps == ()
    assert len(found.reasons) == 2000


def test_without_time_there_is_a_plan_still_and_it_says_what_is_not_proved():
    problem = large(candidates=60)
    found = plan(problem, seconds=0)
    assert found.unproved is not None
    assert found.unproved.stage is Stage.NUMBER
    assert found.unproved.found == len(found.pilots)
    assert found.unproved.bound < len(plan(problem).pilots) <= len(found.pilots)
    assert found.covered == set(problem.requirements)


def test_where_all_is_covered_and_the_fewest_were_not_found_nothing_is_called_proved(monkeypatch):
    """The time was up at three pilots; there is room for two, who cover all. Whether one would do nobody knows."""

    def hurried(search):
        search.unproved = Unproved(Stage.NUMBER, 3, 1)
        return frozenset(range(3))

    monkeypatch.setattr(Search, "fewest", hurried)
    a, b, c, d = (required(Kind.ASPECT, name) for name in "abcd")
    covers = ([a, b], [c, d], [b, c])
    ones = [Candidate(key, f"C{key}", "", 1, frozenset(one)) for key, one in enumerate(covers)]
    found = plan(Problem((a, b, c, d), tuple(ones), 2))
    assert ([one.key for one in found.pilots], found.needed) == ([0, 1], 2)
    assert found.unproved == Unproved(Stage.NUMBER, 3, 1)


def test_however_short_the_time_what_comes_is_a_plan():
    """Each stage may be the one that it ends in: nothing fails, all that is said is true of the plan there is."""
    problem = large(candidates=400, capacity=6)
    for seconds in (0.02, 0.1, 0.3, 0.6, 1):
        found = plan(problem, seconds=seconds)
        assert len(found.pilots) <= 6
        assert problem.covered(found.pilots) == found.covered
        assert {gap.requirement for gap in found.gaps} == set(problem.requirements) - found.covered


def test_a_solver_that_errs_is_not_believed(monkeypatch):
    """It finds a set that breaks a rule and calls it the best there can be: the start stays, and nothing is proved."""
    monkeypatch.setattr("pilots.planning.exact.run", lambda model, gain, seconds: (frozenset({0, 1}), 2))
    model = Model(2, 2, [Row({0: 1, 1: 1}, at_most=1)])
    best = most(model, {0: 1, 1: 1}, frozenset({0}), lambda ones: len(ones) if len(ones) <= 1 else None, 1)
    assert (best.ones, best.value, best.proved) == (frozenset({0}), 1, False)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"capacity": -1}, "not below zero"),
        ({"candidates": (Candidate(1, "A", "A", HIGHEST + 1, frozenset()),)}, "whole number of points"),
        (
            {"candidates": (Candidate(1, "A", "A", 1, frozenset()), Candidate(1, "B", "B", 1, frozenset()))},
            "key of its own",
        ),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(change, says):
    sound = {"requirements": (SEAFOOD,), "candidates": (), "capacity": 1}
    with pytest.raises(ValueError, match=says):
        Problem(**sound | change)


def test_scores_up_to_the_highest_are_told_apart_by_one_point():
    ones = [Candidate(key, f"C{key:03}", "", HIGHEST - (key != 70), frozenset([SEAFOOD])) for key in range(100)]
    found = plan(Problem((SEAFOOD,), tuple(ones), 3))
    assert [one.key for one in found.pilots] == [70]


def test_those_chosen_by_hand_stay_and_those_excluded_stay_away():
    for seed in CASES[:100]:
        problem = drawn(seed)
        found = set(plan(problem).pilots)
        assert found >= set(problem.by_hand(Hand.CHOSEN))
        assert not found & set(problem.by_hand(Hand.EXCLUDED))
