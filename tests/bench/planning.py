"""The coverage planner against its solver alone: 2,000 candidates, thirty requirements."""

from __future__ import annotations

import time
from functools import partial
from statistics import median

from pilots.planning.plan import plan
from pilots.planning.problem import Candidate, Problem
from tests.pilots.planning.questions import large

from .report import Report

CANDIDATES = 2000
HEAVY = 100_000  # one pilot more outweighs all scores there can be
WITHIN = 60.0  # seconds: what is measured is the whole proof


def measure(report: Report, rounds: int) -> None:
    """Room for all and for too few: the plan with its reasons against one call of HiGHS, which settles no ties.

    In processor time, since both compute in this one process.
    """
    report.section(f"A plan for {CANDIDATES:,} candidates and 30 requirements")
    plenty, scarce = large(candidates=CANDIDATES), large(candidates=CANDIDATES, capacity=6)
    found, alone = plan(plenty, WITHIN), alone_by_highs(plenty)
    assert len(found.pilots) == len(alone)
    assert found.score == sum(one.score for one in alone)
    assert found.unproved is plan(scarce, WITHIN).unproved is None
    acts = {
        "alone": partial(alone_by_highs, plenty),
        "plenty": partial(plan, plenty, WITHIN),
        "scarce": partial(plan, scarce, WITHIN),
    }
    took: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            began = time.process_time()
            act()
            took[name].append(time.process_time() - began)
    times = {name: median(seconds) for name, seconds in took.items()}
    report.tell("the limit: HiGHS alone, one weighted objective", times["alone"], "s of a processor")
    for name, told in (("plenty", "room for all"), ("scarce", "room for six, and what one more would buy")):
        report.tell(told, times[name] / times["alone"], "× HiGHS alone", 40)
        report.tell(f"{told}: seconds", times[name], "s of a processor", 5)


def alone_by_highs(problem: Problem) -> list[Candidate]:
    """The fewest who cover all, at the highest scores, as somebody would ask it in ten lines."""
    import highspy

    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    chosen = solver.addBinaries(len(problem.candidates))
    for one in problem.requirements:
        solver.addConstr(
            solver.qsum(chosen[place] for place, who in enumerate(problem.candidates) if one in who.covers) >= 1
        )
    solver.minimize(solver.qsum((HEAVY - who.score) * chosen[place] for place, who in enumerate(problem.candidates)))
    values = solver.getSolution().col_value
    return [who for place, who in enumerate(problem.candidates) if round(values[place])]
