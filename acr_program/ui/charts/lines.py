"""Lines over time: one to four series, the last value written at its end, the goal dashed."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from acr_program.ui.charts.paper import Chart, Key, Scale, round_step, round_up, said, unit

LEFT, RIGHT, TOP, BOTTOM = 44, 440, 12, 170
HEIGHT = 200
MOST_NAMES = 12
LETTER_HIGH = 14  # a line of the words at the ends


@dataclass(frozen=True)
class Line:
    """One series: its name and a value for each point, None where there is none."""

    name: Any
    values: list[float | None]


@dataclass(frozen=True)
class Lines(Chart):
    """`points` name the places along the foot; `low` may lift the scale's foot where zero says nothing (shares)."""

    points: list[Any] = field(default_factory=list)
    series: list[Line] = field(default_factory=list)
    goal: float | None = None
    goal_name: Any = ""
    unit: str = ""
    places: int | None = None
    low: float = 0
    high: float | None = None
    head: Any = ""

    height = HEIGHT
    left, right = str(LEFT), str(RIGHT)

    @cached_property
    def scale(self) -> Scale:
        values = [value for line in self.series for value in line.values if value is not None]
        most = max([*values, self.goal or 0, self.low + 1])
        high = self.high
        if high is None:
            step = round_step((most - self.low) / 4)
            high = self.low + step * 4 if self.low else round_up(most)
        return Scale(self.low, max(high, most), BOTTOM, TOP - BOTTOM)

    @property
    def ticks(self) -> list[dict[str, str]]:
        return [
            {"y": unit(self.scale.at(tick)), "text_y": unit(self.scale.at(tick) + 4), "said": said(float(tick))}
            for tick in self.scale.ticks
        ]

    def x(self, n: int) -> float:
        return LEFT + (RIGHT - LEFT) * n / max(len(self.points) - 1, 1)

    @property
    def foot(self) -> list[dict[str, Any]]:
        """Names under the points; with many, only every so many."""
        every = -(-len(self.points) // MOST_NAMES)
        return [{"x": unit(self.x(n)), "name": p} for n, p in enumerate(self.points) if n % max(every, 1) == 0]

    @property
    def drawn(self) -> list[dict[str, Any]]:
        found = [self.draw(line, n) for n, line in enumerate(self.series, 1)]
        for label, y in zip(found, apart([label["said_y"] for label in found]), strict=True):
            label["said_y"] = unit(y)
        return found

    def draw(self, line: Line, number: int) -> dict[str, Any]:
        dots = [(self.x(n), self.scale.at(v)) for n, v in enumerate(line.values) if v is not None]
        last = next((v for v in reversed(line.values) if v is not None), None)
        place = dots[-1] if dots else (LEFT, BOTTOM)
        return {
            "series": number,
            "paths": self.paths(line),
            "dots": [{"x": unit(x), "y": unit(y)} for x, y in dots],
            "said": said(last, self.places, self.unit),
            "said_x": unit(place[0] + 7),
            "said_y": place[1] + 4,
        }

    def paths(self, line: Line) -> list[str]:
        """A stretch of points for each run without a hole: what is missing is not bridged."""
        runs = groupby(enumerate(line.values), key=lambda pair: pair[1] is None)
        stretches = [[(n, v) for n, v in run if v is not None] for missing, run in runs if not missing]
        return [" ".join(f"{unit(self.x(n))},{unit(self.scale.at(v))}" for n, v in run) for run in stretches]

    @property
    def goal_y(self) -> str:
        return unit(self.scale.at(self.goal)) if self.goal is not None else ""

    @property
    def legend(self) -> list[Key]:
        keys = [Key(line.name, n, line=True) for n, line in enumerate(self.series, 1)] if len(self.series) > 1 else []
        return keys + ([Key(self.goal_name or _("goal"), goal=True)] if self.goal is not None else [])

    @property
    def heads(self) -> list[Any]:
        return [self.head, *(line.name for line in self.series)]

    @property
    def lines(self) -> list[tuple[Any, list[str]]]:
        columns = [line.values for line in self.series]
        return [
            (point, [said(values[n], self.places, self.unit) for values in columns])
            for n, point in enumerate(self.points)
        ]


def apart(places: list[float]) -> list[float]:
    """The heights of the words at the lines' ends, moved so far apart that none stands on another, and in their order."""
    order = sorted(range(len(places)), key=lambda n: places[n])
    found, lowest = list(places), BOTTOM + 4.0
    for before, n in zip([None, *order], order, strict=False):
        if before is not None:
            found[n] = max(found[n], found[before] + LETTER_HIGH)
    for n in reversed(order):  # what was pushed past the foot goes up again, and what stands above it with it
        found[n] = min(found[n], lowest)
        lowest = found[n] - LETTER_HIGH
    return found
