"""A model in whole numbers, solved by HiGHS and checked in whole numbers: the answer is exact, or says that it is not proved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import floor, inf
from typing import Any

BLUR = 1e-4  # how far a bound in floating numbers may lie beside its whole number
GAP = 0.5  # all values are whole: a bound less than one above the best found proves it


@dataclass(frozen=True)
class Row:
    """The sum of these columns, each so many times, lies between the two."""

    of: Mapping[int, int]
    at_least: float = -inf
    at_most: float = inf


@dataclass
class Model:
    """Columns from 0 to 1 and rows; the first `whole` columns are 0 or 1, nothing between."""

    whole: int
    columns: int
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Best:
    """The best found (the columns that are 1), what it is worth, and what no solution can exceed."""

    ones: frozenset[int]
    value: int
    bound: int

    @property
    def proved(self) -> bool:
        return self.value >= self.bound


def most(
    model: Model,
    gain: Mapping[int, int],
    start: frozenset[int],
    value: Callable[[frozenset[int]], int | None],
    seconds: float,
) -> Best:
    """The solution of the highest gain, at worst the one it starts from.

    `value` tells what a set of columns is worth, in whole numbers and None where it breaks a rule: the solver is not
    believed, it is checked. Nothing found within the seconds leaves the start.
    """
    ceiling = ceiling_of(gain)
    worth = value(start)
    if worth is None:
        raise ValueError("the start breaks a rule of the model")
    if seconds <= 0:
        return Best(start, worth, ceiling)
    found, bound = run(model, gain, seconds)
    better = None if found is None else value(found)
    if found is not None and better is not None and better >= worth:
        start, worth = found, better
    return Best(start, worth, max(worth, min(ceiling, bound)))


def run(model: Model, gain: Mapping[int, int], seconds: float) -> tuple[frozenset[int] | None, int]:
    """What HiGHS finds, as whole columns, and its bound."""
    import highspy  # thirty megabytes with numpy: only where a plan is made
    import numpy as np

    solver: Any = highspy.Highs()
    options = {"output_flag": False, "threads": 1, "time_limit": seconds, "mip_rel_gap": 0.0, "mip_abs_gap": GAP}
    for name, setting in options.items():
        solver.setOptionValue(name, setting)
    solver.addVars(model.columns, np.zeros(model.columns), np.ones(model.columns))
    whole = np.arange(model.whole, dtype=np.int32)
    solver.changeColsIntegrality(model.whole, whole, np.full(model.whole, highspy.HighsVarType.kInteger))
    sizes = np.fromiter((len(row.of) for row in model.rows), np.int32, len(model.rows))
    solver.addRows(
        len(model.rows),
        np.fromiter((row.at_least for row in model.rows), float, len(model.rows)),
        np.fromiter((row.at_most for row in model.rows), float, len(model.rows)),
        int(sizes.sum()),
        (np.cumsum(sizes) - sizes).astype(np.int32),
        np.fromiter((column for row in model.rows for column in row.of), np.int32),
        np.fromiter((times for row in model.rows for times in row.of.values()), float),
    )
    costs = np.fromiter((gain.get(column, 0) for column in range(model.columns)), float, model.columns)
    solver.changeColsCost(model.columns, np.arange(model.columns, dtype=np.int32), costs)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    solver.run()
    info = solver.getInfo()
    bound = floor(info.mip_dual_bound + BLUR) if abs(info.mip_dual_bound) < highspy.kHighsInf else ceiling_of(gain)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None, bound
    values = solver.getSolution().col_value[: model.whole]
    return frozenset(column for column, share in enumerate(values) if round(share)), bound


def ceiling_of(gain: Mapping[int, int]) -> int:
    return sum(amount for amount in gain.values() if amount > 0)
