"""A funnel: how many reach each stage of those that began, each bar before the outline of the first."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from acr_program.ui.charts.bars import STEP, THICK, TOP, Bar
from acr_program.ui.charts.paper import END, WIDTH, Chart, Key, Scale, gutter, said, short, unit


@dataclass(frozen=True)
class Funnel(Chart):
    """Stages in order; a stage's goal is where it should stand today."""

    stages: list[Bar] = field(default_factory=list)
    head: Any = ""
    goal_name: Any = ""

    @cached_property
    def left(self) -> float:
        return gutter([stage.name for stage in self.stages])

    @cached_property
    def scale(self) -> Scale:
        most = max((stage.value or 0 for stage in self.stages), default=0)
        return Scale(0, max(most, 1), self.left, WIDTH - self.left - END)

    @property
    def height(self) -> int:
        return TOP * 2 + STEP * len(self.stages)

    @property
    def base(self) -> str:
        return unit(self.left)

    @property
    def whole(self) -> str:
        return unit(self.scale.at(self.scale.high) - self.left)

    @property
    def drawn(self) -> list[dict[str, Any]]:
        return [self.draw(stage, TOP + n * STEP) for n, stage in enumerate(self.stages)]

    def draw(self, stage: Bar, top: float) -> dict[str, Any]:
        return {
            "name": short(stage.name),
            "name_x": unit(self.left - 10),
            "text_y": unit(top + THICK / 2 + 4.5),
            "y": unit(top),
            "width": unit(self.scale.at(stage.value or 0) - self.left),
            "tone": stage.tone,
            "said": said(stage.value),
            "said_x": unit(self.scale.at(self.scale.high) + 8),
            "goal": unit(self.scale.at(stage.goal)) if stage.goal is not None else "",
            "goal_top": unit(top - 4),
            "goal_end": unit(top + THICK + 4),
        }

    @property
    def goals(self) -> bool:
        return any(stage.goal is not None for stage in self.stages)

    @property
    def legend(self) -> list[Key]:
        return [Key(self.goal_name or _("where it should stand today"), goal=True)] if self.goals else []

    @property
    def heads(self) -> list[Any]:
        return [self.head or _("Stage"), _("Number"), _("Of the first")] + [_("Goal")] * self.goals

    @property
    def lines(self) -> list[tuple[Any, list[str]]]:
        first = (self.stages[0].value or 0) if self.stages else 0
        return [(stage.name, self.figures(stage, first)) for stage in self.stages]

    def figures(self, stage: Bar, first: float) -> list[str]:
        share = f"{round(100 * (stage.value or 0) / first)} %" if first else said(None)
        return [said(stage.value), share] + [said(stage.goal)] * self.goals
