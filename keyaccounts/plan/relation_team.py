"""The account team against its target pattern: which seats there are to be, who holds them, where the gaps are (N3.3).

The pattern is declared with the format of plans; a plan adds seats of its own. A row of the team without a person is a seat
that this account is to have and nobody holds yet.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from acr_program.ui.phrases import names

from ..models import TeamRole

Words = str | Promise


@dataclass(frozen=True)
class Seat:
    """A seat of the pattern: how it is called, what it is for, and how many of it there are to be at least."""

    title: Words
    does: Words
    least: int = 1


PATTERN: dict[int, tuple[Seat, ...]] = {  # by the version of the plan format
    1: (
        Seat(_("Account manager"), _("Leads the account and its plan.")),
        Seat(_("Executive sponsor"), _("Opens doors at the top of the customer, and is called when it burns.")),
        Seat(_("Technical adviser"), _("Knows what the customer builds, and how what we sell fits into it.")),
        Seat(_("Delivery and service"), _("Answers for what was ordered: on time, complete, working.")),
        Seat(_("Contracts and finance"), _("Terms, prices, invoices and what is owed.")),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class SeatLine:
    """One kind of seat: how many there are to be, who holds one, and whether the plan has written it down."""

    title: str
    does: str
    target: int
    held: tuple[str, ...]
    declared: bool
    add_url: str = ""

    @property
    def gap(self) -> int:
        return max(self.target - len(self.held), 0)

    @property
    def state(self) -> tuple[str, str]:
        """In a word, with its tone."""
        if not self.gap:
            return say("filled"), "good"
        return ngettext("%(n)d to be filled", "%(n)d to be filled", self.gap) % {"n": self.gap}, "bad"


@dataclass(frozen=True)
class Team:
    """The whole comparison."""

    lines: list[SeatLine]
    several: list[str]  # who holds more than one seat

    @property
    def target(self) -> int:
        return sum(line.target for line in self.lines)

    @property
    def held(self) -> int:
        return sum(min(len(line.held), line.target) for line in self.lines)

    @property
    def sentence(self) -> str:
        said = {"held": self.held, "n": self.target}
        words = ngettext("%(held)d of %(n)d seat is filled.", "%(held)d of %(n)d seats are filled.", self.target) % said
        if not self.several:
            return words
        more = ngettext(
            "%(who)s holds more than one.", "%(who)s hold more than one.", len(self.several)
        ) % {"who": names(self.several)}  # fmt: skip
        return f"{words} {more}"


def folded(title: object) -> str:
    """A title as it is compared: however it is spaced or capitalised."""
    return " ".join(str(title).split()).casefold()


def is_held(role: TeamRole) -> bool:
    """Whoever has left the house holds nothing."""
    return role.person is not None and role.person.is_active


def team_of(plan: Any, roles: list[TeamRole], writes: bool) -> Team:
    """The pattern first, in its order, then the seats that the plan has of its own; `writes`: with the way to write one down."""
    of: dict[str, list[TeamRole]] = {}
    for role in roles:
        of.setdefault(folded(role.title), []).append(role)
    seats = PATTERN.get(plan.format, PATTERN[1])
    lines = [line_of(plan, seat, of.pop(folded(seat.title), []), writes) for seat in seats]
    own = [line_of(plan, Seat(rows[0].title, rows[0].does, 0), rows, writes) for rows in of.values()]
    holds = Counter(role.person.name for role in roles if role.person and is_held(role))
    return Team(lines + own, sorted(name for name, seats_held in holds.items() if seats_held > 1))


def line_of(plan: Any, seat: Seat, rows: list[TeamRole], writes: bool) -> SeatLine:
    held = tuple(row.person.name for row in rows if row.person and is_held(row))
    target, url = max(seat.least, len(rows)), ""
    if writes and len(rows) < target:
        begun = urlencode({"title": seat.title, "does": seat.does})
        url = f"{reverse('keyaccounts:plan-add', args=[plan.pk, 'team'])}?{begun}"
    return SeatLine(str(seat.title), str(seat.does), target, held, bool(rows), url)
