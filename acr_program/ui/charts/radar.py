"""A radar: several marks of one thing on spokes from a middle, against another year or what was asked for."""

from dataclasses import dataclass, field
from math import cos, pi, sin
from typing import Any

from acr_program.ui.charts.lines import Line
from acr_program.ui.charts.paper import Chart, Key, said, short, unit

MIDDLE, RADIUS, HEIGHT = (240, 140), 96, 280


@dataclass(frozen=True)
class Radar(Chart):
    """`spokes` are what is marked, three or more; each of `series` has a mark on each, from 0 to `top`."""

    spokes: list[Any] = field(default_factory=list)
    series: list[Line] = field(default_factory=list)
    top: float = 5
    head: Any = ""

    height = HEIGHT

    def place(self, n: int, share: float) -> tuple[float, float]:
        angle = 2 * pi * n / max(len(self.spokes), 1) - pi / 2
        return MIDDLE[0] + RADIUS * share * cos(angle), MIDDLE[1] + RADIUS * share * sin(angle)

    def ring(self, shares: list[float]) -> str:
        return " ".join(f"{unit(x)},{unit(y)}" for x, y in (self.place(n, share) for n, share in enumerate(shares)))

    @property
    def rings(self) -> list[str]:
        return [self.ring([step / 4] * len(self.spokes)) for step in range(1, 5)]

    @property
    def names(self) -> list[dict[str, str]]:
        return [self.name(n, spoke) for n, spoke in enumerate(self.spokes)]

    def name(self, n: int, spoke: Any) -> dict[str, str]:
        x, y = self.place(n, 1.12)
        end = self.place(n, 1)
        side = "middle" if abs(x - MIDDLE[0]) < 10 else "start" if x > MIDDLE[0] else "end"
        return {
            "x": unit(x),
            "y": unit(y + 4),
            "side": side,
            "name": short(spoke),
            "end_x": unit(end[0]),
            "end_y": unit(end[1]),
        }

    @property
    def middle(self) -> tuple[str, str]:
        return unit(MIDDLE[0]), unit(MIDDLE[1])

    @property
    def drawn(self) -> list[dict[str, Any]]:
        return [{"series": n, "points": self.ring(self.shares(line))} for n, line in enumerate(self.series, 1)]

    def shares(self, line: Line) -> list[float]:
        return [min(max((value or 0) / self.top, 0), 1) for value in line.values]

    @property
    def legend(self) -> list[Key]:
        return [Key(line.name, n, line=True) for n, line in enumerate(self.series, 1)]

    @property
    def heads(self) -> list[Any]:
        return [self.head, *(line.name for line in self.series)]

    @property
    def lines(self) -> list[tuple[Any, list[str]]]:
        return [(spoke, [said(line.values[n]) for line in self.series]) for n, spoke in enumerate(self.spokes)]
