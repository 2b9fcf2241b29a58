"""A nomination's scorecard, line by line: what is on file, what people judged, and what it comes to (K-08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from acr_program.workflow.book import forget, once

from .choices_filter import BEST_SCORE, OF_YES_NO, CriterionKind, ScorecardStatus, Verdict
from .filter_known import Facts, Known, kept_again, known_of, plain, value_said
from .filter_scoring import Answer, Standing, answer, standing


@dataclass(frozen=True)
class Line:
    """One criterion of a scorecard with its answer: by what is on file, else by a person's score."""

    criterion: Any
    known: Known | None
    score: Any
    answer: Answer

    @property
    def by_file(self) -> bool:
        return self.known is not None and self.known.value is not None

    @property
    def is_to_judge(self) -> bool:
        """Whether a person has to answer it: nothing on file does."""
        return not self.by_file

    @property
    def tone(self) -> str:
        return {True: "good", False: "bad", None: "neutral"}[self.answer.met]

    @property
    def label(self) -> str:
        if self.answer.met is None:
            return _("Not judged yet")
        return _("Met") if self.answer.met else _("Not met")

    @property
    def points_said(self) -> str:
        """Points out of the weight; nothing for a must-have, which gives none."""
        if self.criterion.kind == CriterionKind.MUST:
            return ""
        points = self.answer.points
        reached = plain(points) if points is not None else _("open")
        return _("%(points)s of %(weight)s") % {"points": reached, "weight": self.criterion.weight}


@dataclass(frozen=True)
class Card:
    """All lines of a scorecard, with what was on file."""

    lines: Sequence[Line]
    facts: Facts
    standing: Standing

    def kept(self) -> dict[str, list[Any]]:
        """What is on file, as the scorecard keeps it once it is confirmed."""
        return {str(fact): known.kept() for fact, known in self.facts.items()}

    @property
    def verdict(self) -> Verdict:
        return self.standing.verdict


def card_of(scorecard: Any) -> Card:
    """Read once for a page or a click; at most five queries, two once it is confirmed."""
    return once(named(scorecard), lambda: read_card(scorecard))


def forget_card(scorecard: Any) -> None:
    forget(named(scorecard))


def named(scorecard: Any) -> str:
    return f"scorecard {scorecard.pk}"


def read_card(scorecard: Any) -> Card:
    facts = facts_of(scorecard)
    rows = scorecard.scores.standing().select_related("by", "criterion__version").order_by("at", "pk")
    return made(scorecard.filter, facts, scores_of(rows))


def facts_of(scorecard: Any) -> Facts:
    """As of today while it is open; as they were kept from then on."""
    if scorecard.status == ScorecardStatus.OPEN:
        return known_of(scorecard.membership.account)
    return kept_again(scorecard.facts)


def scores_of(rows: Any) -> dict[Any, Any]:
    """What was judged, by the words it was judged by."""
    return {score.criterion.wording: score for score in rows}


def made(version: Any, facts: Facts, scores: dict[Any, Any]) -> Card:
    """By this version, of these facts and scores."""
    lines = [line_of(criterion, facts, scores) for criterion in version.listed]
    return Card(lines, facts, standing([line.answer for line in lines], version.bar))


def line_of(criterion: Any, facts: Facts, scores: dict[Any, Any]) -> Line:
    known = facts.get(criterion.fact) if criterion.fact else None
    score = scores.get(criterion.wording)
    by_file = known.value if known else None
    return Line(criterion, known, score, answer(criterion, by_file, score.score if score else None))


def rule_said(criterion: Any) -> str:
    """How a criterion is answered: “Growth on the year before, %: at least 5 %”."""
    if not criterion.fact:
        return _("Judged by a person from 0 to %(best)d") % {"best": BEST_SCORE}
    fact, compare = criterion.get_fact_display(), criterion.get_compare_display()
    if criterion.compare in OF_YES_NO:
        return _("%(fact)s: %(compare)s") % {"fact": fact, "compare": compare}
    threshold = value_said(criterion.fact, criterion.threshold)
    return _("%(fact)s: %(compare)s %(threshold)s") % {"fact": fact, "compare": compare, "threshold": threshold}
