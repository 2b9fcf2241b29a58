"""A version of the filter tried out on past decisions: which of them would flip (K-09, M15).

Each past scorecard keeps what was on file when it was confirmed and what was judged; by these, and by nothing that changed
since, the version is asked again. What it asks that nobody answered then is open: it is said so, unless no answer could
change the result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from acr_program.ui.phrases import names as listed

from .choices_filter import ScorecardStatus, Verdict
from .filter_cards import Card, made, scores_of
from .filter_known import kept_again, plain
from .filter_scoring import Standing


@dataclass(frozen=True)
class Decision:
    """One past decision, and what the version makes of it."""

    scorecard: Any
    card: Card

    @property
    def passed(self) -> bool:
        return bool(self.scorecard.status == ScorecardStatus.PASSED)

    @property
    def would(self) -> Verdict:
        return self.card.verdict

    @property
    def to_pass(self) -> bool:
        return not self.passed and self.would == Verdict.PASSES

    @property
    def to_fail(self) -> bool:
        return self.passed and self.would == Verdict.FAILS

    @property
    def unsaid(self) -> bool:
        return self.would == Verdict.OPEN

    @property
    def then(self) -> str:
        """What it came to, by the filter of its day."""
        said = {"total": plain(self.scorecard.total), "bar": plain(self.scorecard.filter.bar)}
        points = _("%(total)s points at a bar of %(bar)s") % said
        missed = listed(f"“{title}”" for title in self.scorecard.missed)
        return _("%(points)s; not met: %(missed)s") % {"points": points, "missed": missed} if missed else points

    @property
    def now(self) -> str:
        return standing_said(self.card.standing)


def standing_said(standing: Standing) -> str:
    """A standing in words: the points against the bar, what is missed, what is open."""
    said = {"total": plain(standing.lowest), "most": plain(standing.highest), "bar": plain(standing.bar)}
    parts = [
        _("%(total)s points at a bar of %(bar)s") % said
        if standing.lowest == standing.highest
        else _("%(total)s to %(most)s points at a bar of %(bar)s") % said
    ]
    if standing.missed:
        parts.append(_("not met: %(criteria)s") % {"criteria": listed(f"“{one.title}”" for one in standing.missed)})
    if standing.open:
        parts.append(_("open: %(criteria)s") % {"criteria": listed(f"“{one.title}”" for one in standing.open)})
    return "; ".join(parts)


@dataclass(frozen=True)
class BackTest:
    """All past decisions under one version."""

    version: Any
    decisions: list[Decision]

    @cached_property
    def to_pass(self) -> list[Decision]:
        return [one for one in self.decisions if one.to_pass]

    @cached_property
    def to_fail(self) -> list[Decision]:
        return [one for one in self.decisions if one.to_fail]

    @cached_property
    def unsaid(self) -> list[Decision]:
        return [one for one in self.decisions if one.unsaid]

    @property
    def same(self) -> int:
        return len(self.decisions) - len(self.to_pass) - len(self.to_fail) - len(self.unsaid)


def backtest(version: Any, scorecards: Iterable[Any]) -> BackTest:
    """The version asked again of each of these decided scorecards (`Scorecard.objects.decided()`)."""
    criteria = Asked(version.bar, version.listed)
    return BackTest(version, [Decision(one, tried(criteria, one)) for one in scorecards])


@dataclass(frozen=True)
class Asked:
    """A version's bar and criteria, read once for all decisions."""

    bar: Any
    listed: list[Any]


def tried(version: Any, scorecard: Any) -> Card:
    return made(version, kept_again(scorecard.facts), scores_of(scorecard.standing_scores))
