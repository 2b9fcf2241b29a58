"""A grid: what is covered and where the holes are, as squares with their number; the table says the same in words."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from acr_program.ui.charts.paper import WIDTH, Chart, gutter, short, unit

SIDE, GAP, TOP = 34, 2, 26


@dataclass(frozen=True)
class Square:
    """One crossing: what stands in it, and the tone that judges it."""

    text: Any
    tone: str = "neutral"
    note: Any = ""


@dataclass(frozen=True)
class Grid(Chart):
    """`rows` are pairs of a name and a square for each of `columns`."""

    columns: list[Any] = field(default_factory=list)
    rows: list[tuple[Any, list[Square]]] = field(default_factory=list)
    head: Any = ""

    @cached_property
    def left(self) -> float:
        return gutter([name for name, _squares in self.rows])

    @cached_property
    def step(self) -> float:
        return (WIDTH - self.left) / max(len(self.columns), 1)

    @property
    def height(self) -> int:
        return TOP + SIDE * len(self.rows)

    @property
    def name_x(self) -> str:
        return unit(self.left - 10)

    @property
    def tops(self) -> list[dict[str, str]]:
        return [
            {"x": unit(self.left + self.step * (n + 0.5)), "name": short(column, self.step + 10)}
            for n, column in enumerate(self.columns)
        ]

    @property
    def drawn(self) -> list[dict[str, Any]]:
        return [self.draw(name, squares, TOP + n * SIDE) for n, (name, squares) in enumerate(self.rows)]

    def draw(self, name: Any, squares: list[Square], top: float) -> dict[str, Any]:
        return {
            "name": short(name),
            "text_y": unit(top + SIDE / 2 + 4),
            "y": unit(top),
            "height": unit(SIDE - GAP),
            "width": unit(self.step - GAP),
            "squares": [
                {
                    "x": unit(self.left + self.step * n),
                    "middle": unit(self.left + self.step * (n + 0.5) - GAP / 2),
                    "text": square.text,
                    "tone": square.tone,
                }
                for n, square in enumerate(squares)
            ],
        }

    @property
    def heads(self) -> list[Any]:
        return [self.head, *self.columns]

    @property
    def lines(self) -> list[tuple[Any, list[str]]]:
        return [(name, [f"{square.text} {square.note}".strip() for square in squares]) for name, squares in self.rows]
