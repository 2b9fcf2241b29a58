"""What all charts share: 480 units of width (text stays readable at 350 px), figures as words, round scales."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, log10
from typing import Any

from acr_program.ui import phrases

WIDTH = 480
LETTER = 7.8  # a letter of the small size is about this wide
GUTTER = 150  # the most that names at the left may take
END = 52  # room for the figure at a bar's end


@dataclass(frozen=True)
class Key:
    """One line of the legend: a series, a tone, or the dashed goal."""

    label: Any
    series: int = 1
    tone: str = ""
    goal: bool = False
    line: bool = False


@dataclass(frozen=True)
class Chart:
    """A picture with its sentence and its table. `unit` stands behind figures (“%”, “days”), `places` are decimals."""

    sentence: Any

    @property
    def template(self) -> str:
        return f"ui/charts/{type(self).__name__.lower()}.html"

    @property
    def legend(self) -> list[Key]:
        return []

    @property
    def heads(self) -> list[Any]:
        """The table's heads."""
        raise NotImplementedError

    @property
    def lines(self) -> list[tuple[Any, list[str]]]:
        """The table's rows: a name and its figures as words."""
        raise NotImplementedError


@dataclass(frozen=True)
class Scale:
    """Values to units along one way, from a low end to a round high end."""

    low: float
    high: float
    start: float
    length: float

    def at(self, value: float) -> float:
        whole = self.high - self.low
        return self.start + (self.length * (min(max(value, self.low), self.high) - self.low) / whole if whole else 0)

    @cached_property
    def ticks(self) -> list[float]:
        step = round_step((self.high - self.low) / 4)
        first = ceil(self.low / step)
        return [n * step for n in range(first, floor(self.high / step + 1e-9) + 1)]


def round_step(rough: float) -> float:
    """1, 2, 2.5 or 5 times a power of ten: what people count in."""
    if rough <= 0:
        return 1
    power = 10 ** floor(log10(rough))
    return next(float(power * nice) for nice in (1, 2, 2.5, 5, 10) if power * nice >= rough * 0.999)


def round_up(value: float) -> float:
    """The next round number at or above a value, as the end of a scale."""
    step = round_step(value / 4) if value > 0 else 1
    return step * ceil(value / step - 1e-9) if value > 0 else 1


def unit(value: float) -> str:
    """A place on the picture, as SVG writes it in every language."""
    return f"{value:.1f}".removesuffix(".0")


def said(value: Any, places: int | None = None, unit: str = "") -> str:
    """A figure as people read it, with its unit; nothing is said in words."""
    if value is None:
        return phrases.number(None)
    if places is None and isinstance(value, float):
        places = 0 if value == int(value) else 1
    return phrases.number(value, places) + (f" {unit}" if unit else "")


def gutter(names: list[Any]) -> float:
    """How much room the names at the left need."""
    return min(GUTTER, max((len(str(name)) for name in names), default=0) * LETTER + 10)


def short(name: Any, room: float = GUTTER) -> str:
    """A name that fits; the whole of it stands in the table."""
    letters, text = int((room - 10) / LETTER), str(name)
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
