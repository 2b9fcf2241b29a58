"""The coverage plan of a wave: its candidates as the planner asks for them, and what comes back (P-16 to P-19, M9)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from . import covering
from .choices import PILOTS, TO_CHOOSE, CandidateStatus, Tier, WaveStatus
from .covering import Capacity
from .planning.plan import Plan, plan
from .planning.problem import Candidate, Hand, Problem, Requirement

SECONDS = 5.0  # as long as somebody looks at a page that comes; the command may take longer
HANDS = {CandidateStatus.QUALIFIED: Hand.FREE, CandidateStatus.RESERVE: Hand.EXCLUDED}
kept = lru_cache(maxsize=32)(plan)  # the same question has the same answer


@dataclass(frozen=True)
class Aside:
    """A candidate that cannot be selected now, and so is not planned with; what it would cover."""

    candidate: Any
    why: str
    covers: frozenset[Requirement]


@dataclass(frozen=True)
class Planned:
    """A wave’s plan, with its rows by their id and what the office can carry."""

    wave: Any
    plan: Plan
    rows: dict[int, Any]
    aside: list[Aside]
    room: Capacity


def planned(wave: Any, *, anew: bool = False, seconds: float = SECONDS) -> Planned:
    """The plan as things stand: selected candidates stay (`anew`: may fall out), those in reserve stay away. Six queries.

    Once the wave selects no more, what is planned is what it has.
    """
    rows = list(to_plan_with(wave))
    wanted = covering.requirements(wave)
    covers = covering.coverage(rows, wanted)
    aside = [Aside(row, why, covers[row.pk]) for row in rows if (why := why_aside(row))]
    left = {one.candidate.pk for one in aside}
    candidates = [candidate(row, covers[row.pk], anew) for row in rows if row.pk not in left]
    room = covering.capacity(wave)
    made = kept(Problem(tuple(wanted), tuple(candidates), room.accounts), seconds)
    return Planned(wave, made, {row.pk: row for row in rows}, aside, room)


def to_plan_with(wave: Any) -> Any:
    """Who is or may become a pilot of the wave, each with whether its account is one elsewhere."""
    states = {*TO_CHOOSE, *PILOTS} if wave.status == WaveStatus.SELECTING else PILOTS
    return with_elsewhere(wave.candidates.filter(status__in=states)).for_page().order_by("account__code", "pk")


def with_elsewhere(rows: Any) -> Any:
    """Each with whether its account is a pilot in another wave, so that it is not asked one by one."""
    there = rows.model.objects.filter(
        account=OuterRef("account"), status__in=[CandidateStatus.SELECTED, CandidateStatus.ACTIVE]
    ).exclude(pk=OuterRef("pk"))
    return rows.annotate(elsewhere=Exists(there.order_by()))


def candidate(row: Any, covers: frozenset[Requirement], anew: bool) -> Candidate:
    hand = HANDS.get(row.status, Hand.CHOSEN)
    if anew and row.status == CandidateStatus.SELECTED:
        hand = Hand.FREE
    return Candidate(row.pk, row.account.code, row.account.name, row.score, covers, hand)


def why_aside(row: Any) -> str:
    """Why it cannot be selected as things stand; empty where it can, or is."""
    if row.status in PILOTS:
        return ""
    if row.status == CandidateStatus.PROPOSED:
        return _("not qualified yet")
    if row.elsewhere:
        return _("a pilot in another wave")
    return "" if row.tier == Tier.PASSES else _("its scorecards do not pass any more")
