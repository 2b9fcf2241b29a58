"""Ways through the years as a picture: one row an account, a bar a state, a mark on the day that comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.ui.charts.paper import WIDTH, Chart, Key, Scale, gutter, short, unit
from acr_program.ui.phrases import day

from ..models import Membership, programme_words
from ..ways import Stretch, next_on, what_next

STEP, THICK, TOP, FOOT, LEAST_DAYS, FEW_YEARS = 28, 16, 8, 22, 60, 8


@dataclass(frozen=True)
class Way:
    """One account: its states in order, the day of what comes next, and both in words."""

    name: str
    stretches: Sequence[Stretch]
    next_on: date | None = None
    stands: str = ""
    comes: str = ""

    @property
    def since(self) -> date | None:
        return self.stretches[-1].since if self.stretches else None


def way_of(membership: Membership, stretches: Sequence[Stretch], name: str = "") -> Way:
    on = next_on(membership) if membership.is_live else None
    return Way(name or membership.account.name, stretches, on, membership.get_status_display(), what_next(membership))


@dataclass(frozen=True)
class Ways(Chart):
    """Who stands where, since when, and what comes next; the table says the same in words."""

    ways: list[Way] = field(default_factory=list)
    head: Any = ""

    template = "keyaccounts/rounds_ways.html"

    @cached_property
    def left(self) -> float:
        return gutter([way.name for way in self.ways])

    @cached_property
    def scale(self) -> Scale:
        today = localdate()
        begins = min((way.stretches[0].since for way in self.ways if way.stretches), default=today)
        ends = max([today, *(way.next_on for way in self.ways if way.next_on)])
        begins = min(begins, ends - timedelta(days=LEAST_DAYS))
        return Scale(begins.toordinal(), ends.toordinal(), self.left, WIDTH - self.left - 10)

    def x(self, on: date) -> float:
        return self.scale.at(on.toordinal())

    @property
    def height(self) -> int:
        return TOP + STEP * len(self.ways) + FOOT

    @property
    def foot(self) -> str:
        return unit(self.height - FOOT + 2)

    @property
    def words_y(self) -> str:
        return unit(self.height - 5)

    @property
    def today(self) -> str:
        return unit(self.x(localdate()))

    @property
    def years(self) -> list[dict[str, str]]:
        """The first day of each year that is shown, as often as there is room for its number."""
        first, last = date.fromordinal(int(self.scale.low)).year + 1, date.fromordinal(int(self.scale.high)).year
        every = max((last - first) // FEW_YEARS + 1, 1)
        return [{"x": unit(self.x(date(year, 1, 1))), "name": str(year)} for year in range(first, last + 1, every)]

    @property
    def drawn(self) -> list[dict[str, Any]]:
        return [self.draw(way, TOP + n * STEP) for n, way in enumerate(self.ways)]

    def draw(self, way: Way, top: float) -> dict[str, Any]:
        bars = [
            {
                "x": unit(self.x(one.since)),
                "width": unit(max(self.x(one.ends) - self.x(one.since), 2)),
                "tone": one.tone,
            }
            for one in way.stretches
        ]
        middle = top + THICK / 2
        return {
            "name": short(way.name), "name_x": unit(self.left - 10), "text_y": unit(middle + 4.5), "y": unit(top),
            "bars": bars, "next": unit(self.x(way.next_on)) if way.next_on else "", "middle": unit(middle),
        }  # fmt: skip

    @property
    def legend(self) -> list[Key]:
        return [
            Key(_("nominated"), tone="neutral"), Key(_("incubating"), tone="info"), Key(_("before the panel"), tone="warn"),
            Key(programme_words().one, tone="good"), Key(_("out"), tone="bad"), Key(_("today"), goal=True),
        ]  # fmt: skip

    @property
    def heads(self) -> list[Any]:
        return [self.head, _("Stands at"), _("Since"), _("What comes next")]

    @property
    def lines(self) -> list[tuple[Any, list[str]]]:
        return [(way.name, [way.stands, day(way.since), way.comes]) for way in self.ways]
