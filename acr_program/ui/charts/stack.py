"""Stacked bars: one row a name, parts beside each other in the order of the legend, the sum at the end."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from acr_program.ui.charts.bars import STEP, THICK, TOP
from acr_program.ui.charts.paper import END, WIDTH, Chart, Key, Scale, gutter, said, short, unit

GAP = 2


@dataclass(frozen=True)
class Part:
    """One part of every row: its name, and its series (1 to 4) or the tone that judges it."""

    name: Any
    series: int = 3
    tone: str = ""


@dataclass(frozen=True)
class Stack(Chart):
    """`rows` are pairs of a name and its figures, in the order of `parts`."""

    parts: list[Part] = field(default_factory=list)
    rows: list[tuple[Any, list[float]]] = field(default_factory=list)
    head: Any = ""

    @cached_property
    def left(self) -> float:
        return gutter([name for name, _values in self.rows])

    @cached_property
    def scale(self) -> Scale:
        most = max((sum(values) for _name, values in self.rows), default=0)
        return Scale(0, max(most, 1), 0, WIDTH - self.left - END - GAP * len(self.parts))

    @property
    def height(self) -> int:
        return TOP * 2 + STEP * len(self.rows)

    @property
    def drawn(self) -> list[dict[str, Any]]:
        return [self.draw(name, values, TOP + n * STEP) for n, (name, values) in enumerate(self.rows)]

    def draw(self, name: Any, values: list[float], top: float) -> dict[str, Any]:
        at, marks = self.left, []
        for part, value in zip(self.parts, values, strict=True):
            if value:
                width = self.scale.at(value)
                marks.append({"x": unit(at), "width": unit(width), "series": part.series, "tone": part.tone})
                at += width + GAP
        return {
            "name": short(name),
            "name_x": unit(self.left - 10),
            "text_y": unit(top + THICK / 2 + 4.5),
            "y": unit(top),
            "marks": marks,
            "said": said(sum(values)),
            "said_x": unit(at + 6),
        }

    @property
    def legend(self) -> list[Key]:
        return [Key(part.name, part.series, part.tone) for part in self.parts]

    @property
    def heads(self) -> list[Any]:
        return [self.head, *(part.name for part in self.parts), _("Together")]

    @property
    def lines(self) -> list[tuple[Any, list[str]]]:
        return [(name, [said(value) for value in [*values, sum(values)]]) for name, values in self.rows]
