"""Bars: one figure a name, from zero, the value at its end; a goal may be dashed across."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from acr_program.ui.charts.paper import END, WIDTH, Chart, Key, Scale, gutter, round_up, said, short, unit

STEP, THICK, TOP, FOOT = 34, 22, 6, 14


@dataclass(frozen=True)
class Bar:
    """One name and its figure; beyond is a second, wider figure behind it (a 90th percentile behind the median)."""

    name: Any
    value: float | None
    tone: str = ""
    beyond: float | None = None
    goal: float | None = None


@dataclass(frozen=True)
class Bars(Chart):
    """Figures to compare. `value_name`, `beyond_name`, `goal_name` head the table and name the legend."""

    bars: list[Bar] = field(default_factory=list)
    unit: str = ""
    places: int | None = None
    head: Any = ""
    value_name: Any = ""
    beyond_name: Any = ""
    goal_name: Any = ""
    high: float | None = None  # the end of the scale where it has one: marks from 1 to 5

    @property
    def two(self) -> bool:
        return any(bar.beyond is not None for bar in self.bars)

    @property
    def goals(self) -> bool:
        return any(bar.goal is not None for bar in self.bars)

    @cached_property
    def left(self) -> float:
        return gutter([bar.name for bar in self.bars])

    @cached_property
    def scale(self) -> Scale:
        most = max((v for b in self.bars for v in (b.value, b.beyond, b.goal) if v is not None), default=0)
        end = self.high or (round_up(most) if self.two else max(most, 1))
        return Scale(0, end, self.left, WIDTH - self.left - END)

    @property
    def end(self) -> dict[str, str]:
        """Where the scale ends, and with what; nothing where it ends with the largest figure."""
        if self.high is None:
            return {}
        return {
            "x": unit(self.scale.at(self.high)),
            "said": said(self.high, 0, self.unit),
            "foot": unit(self.height - 2),
        }

    @property
    def height(self) -> int:
        return TOP * 2 + STEP * len(self.bars) + (FOOT if self.high else 0)

    @property
    def base(self) -> str:
        return unit(self.left)

    @property
    def drawn(self) -> list[dict[str, Any]]:
        return [self.draw(bar, TOP + n * STEP) for n, bar in enumerate(self.bars)]

    def draw(self, bar: Bar, top: float) -> dict[str, Any]:
        end = max(v for v in (bar.value, bar.beyond, 0) if v is not None)
        return {
            "name": short(bar.name),
            "name_x": unit(self.left - 10),
            "text_y": unit(top + THICK / 2 + 4.5),
            "y": unit(top),
            "width": unit(self.scale.at(bar.value or 0) - self.left),
            "beyond": unit(self.scale.at(bar.beyond) - self.left) if bar.beyond is not None else "",
            "tone": bar.tone,
            "said": said(bar.value, self.places, self.unit),
            "said_x": unit(self.scale.at(end) + 8),
            "goal": unit(self.scale.at(bar.goal)) if bar.goal is not None else "",
            "goal_top": unit(top - 4),
            "goal_end": unit(top + THICK + 4),
        }

    @property
    def legend(self) -> list[Key]:
        keys = [Key(self.value_name), Key(self.beyond_name, series=2)] if self.two else []
        goal = [Key(self.goal_name or _("goal"), goal=True)] if self.goals else []
        return keys + goal if keys or goal else []

    @property
    def heads(self) -> list[Any]:
        more = [self.beyond_name] * self.two + [self.goal_name or _("Goal")] * self.goals
        return [self.head, self.value_name or _("Number"), *more]

    @property
    def lines(self) -> list[tuple[Any, list[str]]]:
        return [(bar.name, self.figures(bar)) for bar in self.bars]

    def figures(self, bar: Bar) -> list[str]:
        values = [bar.value] + [bar.beyond] * self.two + [bar.goal] * self.goals
        return [said(value, self.places, self.unit) for value in values]
