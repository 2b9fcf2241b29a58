"""What a wave has to cover, what each candidate covers, and how many the office can carry (P-16 to P-19, R-12).

The planner asks three things: `requirements(wave)`, `coverage(candidates, wanted)` and `capacity(wave)`. They are functions of
the objects, in a constant number of queries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import Theater
from acr_program.charter.models import RosterEntry
from acr_program.ui.phrases import names as listed
from acr_program.workflow.book import forget, once

from .choices import PILOTS
from .planning.problem import Kind, Requirement

UNIT, THEATER, ASPECT = Kind


@dataclass(frozen=True)
class Capacity:
    """How many accounts the office can carry: the shares of its people's time, and accounts for one in full time (R-12)."""

    shares: list[tuple[str, int]]  # name, per cent
    per_person: int | None

    @property
    def percent(self) -> int:
        return sum(share for _name, share in self.shares)

    @property
    def accounts(self) -> int:
        """Whole accounts alone: what is left of one is nobody's time."""
        return self.percent * (self.per_person or 0) // 100

    @property
    def arithmetic(self) -> str:
        """The sum as anybody can follow it (P-18)."""
        if not self.shares or self.per_person is None:
            return ""
        words = _("%(shares)s: %(percent)d %% of one person’s time, at %(each)s in full time, is %(accounts)s.")
        return words % {
            "shares": " + ".join(f"{name} {share} %" for name, share in self.shares),
            "percent": self.percent,
            "each": accounts_said(self.per_person),
            "accounts": accounts_said(self.accounts),
        }


def accounts_said(n: int) -> str:
    return ngettext("%(n)d account", "%(n)d accounts", n) % {"n": n}


def capacity(wave: Any) -> Capacity:
    """By the roster as it is now; one query."""
    rows = RosterEntry.objects.order_by("person__name", "pk").values_list("person__name", "share")
    return Capacity(once("shares of the roster", lambda: list(rows)), wave.per_person)


def places(wave: Any) -> list[Requirement]:
    """Each business unit that is not gone without, and each theater that takes part."""
    units = [unit for unit in wave.units if wave.differs_by_unit and unit not in wave.waived]
    return [
        *(Requirement(UNIT, unit, unit) for unit in units),
        *(Requirement(THEATER, theater, str(Theater(theater).label)) for theater in wave.theaters()),
    ]


def requirements(wave: Any) -> list[Requirement]:
    """Places and aspects together; two queries."""
    aspects = (Requirement(ASPECT, str(aspect.pk), aspect.title) for aspect in wave.aspects.all())
    return [*places(wave), *aspects]


def coverage(candidates: Iterable[Any], wanted: Collection[Requirement]) -> dict[int, frozenset[Requirement]]:
    """What of these requirements each candidate covers, by its id; one query for what they test."""
    rows = list(candidates)
    tests: dict[int, set[str]] = {row.pk: set() for row in rows}
    if rows:
        through = type(rows[0]).aspects.through.objects.filter(pilotcandidate__in=tests)
        for candidate, aspect in through.values_list("pilotcandidate", "aspect"):
            tests[candidate].add(str(aspect))
    return {row.pk: frozenset(one for one in wanted if covers(row, one, tests[row.pk])) for row in rows}


def covers(candidate: Any, requirement: Requirement, tests: Collection[str]) -> bool:
    if requirement.kind == UNIT:
        return bool(candidate.business_unit == requirement.key)
    if requirement.kind == THEATER:
        return bool(candidate.theater == requirement.key)
    return requirement.key in tests


def pilots(wave: Any) -> list[Any]:
    """Who is, was or will be a pilot of the wave, best first, with what their scorecards go by; read once for a page."""
    rows = wave.candidates.filter(status__in=PILOTS).for_page().with_cards().ranked()
    return once(f"pilots of {wave.pk}", lambda: list(rows))


def without_pilot(wave: Any) -> list[Requirement]:
    """The places that no pilot covers."""
    return [one for one in places(wave) if not any(covers(pilot, one, ()) for pilot in pilots(wave))]


def untested(wave: Any) -> list[Requirement]:
    """The aspects that no pilot is to test; two queries."""
    wanted = [one for one in requirements(wave) if one.kind == ASPECT]
    found = frozenset[Requirement]().union(*coverage(pilots(wave), wanted).values())
    return [one for one in wanted if one not in found]


def units_open(wave: Any) -> list[str]:
    """The business units without a pilot that are not gone without (P-16)."""
    if not wave.differs_by_unit:
        return []
    having = {pilot.business_unit for pilot in pilots(wave)}
    return [unit for unit in wave.units if unit not in having and unit not in wave.waived]


def warnings(wave: Any) -> list[str]:
    """What a launch is warned of and not kept from: theaters and aspects without a pilot, more pilots than capacity."""
    aspects = [one.label for one in untested(wave)]
    said = [_("No pilot tests: %(aspects)s.") % {"aspects": listed(aspects)}] if aspects else []
    return [*warnings_of_places(wave), *said]


def warnings_of_places(wave: Any) -> list[str]:
    """Those that follow from where the pilots are and how many."""
    theaters = [one.label for one in without_pilot(wave) if one.kind == THEATER]
    said = [_("No pilot in %(theater)s.") % {"theater": theater} for theater in theaters]
    room, taken = capacity(wave), len(pilots(wave))
    if taken > room.accounts:
        words = ngettext(
            "%(n)d pilot is more than the office can carry. %(arithmetic)s",
            "%(n)d pilots are more than the office can carry. %(arithmetic)s",
            taken,
        )
        said.append(words % {"n": taken, "arithmetic": room.arithmetic})
    return said


def feedback_lacks(candidate: Any) -> list[str]:
    """What the account manager has not answered: aspects without a rating, the impact on the customer (P-02, P-03)."""
    rows = candidate.wave.aspects.exclude(pk__in=candidate.ratings.values("aspect")).values_list("title", flat=True)
    unrated = once(f"not rated by {candidate.pk}", lambda: list(rows))
    said = candidate.customer_said or candidate.we_think
    return [*unrated, *([] if said else [_("what it did for the customer")])]


def forget_feedback(candidate: Any) -> None:
    """More is rated now."""
    forget(f"not rated by {candidate.pk}")
