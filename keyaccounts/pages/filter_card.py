"""A nomination's scorecard as its page shows it: line by line, with what it comes to and what may follow (K-08)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.roles import program_managers
from acr_program.workflow.offers import Offer, next_step, offers
from reviews.pages.one import OnePage

from ..choices_filter import CriterionKind, ScorecardStatus
from ..filter_backtest import standing_said
from ..filter_cards import Card, Line, card_of, rule_said
from ..filter_known import plain
from ..filter_rules import readers
from ..models import Scorecard

BY_THE_CARD = ("pass_filter", "fail_filter")


@dataclass(frozen=True)
class Shown:
    """One line, with how it is answered and where it is judged."""

    line: Line
    rule: str
    judge_url: str


class ScorecardPage(OnePage[Scorecard]):
    """One scorecard, for one reader."""

    @cached_property
    def card(self) -> Card:
        return card_of(self.of)

    @property
    def next(self) -> str:
        return next_step(self.of)

    @property
    def may_read_filter(self) -> bool:
        return readers(self.user)

    @property
    def may_judge(self) -> bool:
        return self.of.is_open and program_managers(self.user)

    @cached_property
    def parts(self) -> list[tuple[str, list[Shown]]]:
        rows = [Shown(line, rule_said(line.criterion), self.url_of(line)) for line in self.card.lines]
        heads = ((_("Must-haves"), CriterionKind.MUST), (_("Weighted"), CriterionKind.WEIGHTED))
        found = [(title, [row for row in rows if row.line.criterion.kind == kind]) for title, kind in heads]
        return [part for part in found if part[1]]

    def url_of(self, line: Line) -> str:
        if not (self.may_judge and line.is_to_judge):
            return ""
        return reverse("keyaccounts:judge-criterion", args=[self.of.pk, line.criterion.pk])

    @property
    def total(self) -> str:
        said = {"total": plain(self.card.standing.lowest), "bar": plain(self.card.standing.bar)}
        return _("%(total)s points, at a bar of %(bar)s") % said

    @property
    def says(self) -> str:
        return standing_said(self.card.standing)

    @cached_property
    def decisions(self) -> list[Offer]:
        """What the nomination's own steps offer once the scorecard is confirmed."""
        if self.of.status != ScorecardStatus.CONFIRMED:
            return []
        return [
            offer for offer in offers(self.of.membership, self.user) if offer.name in BY_THE_CARD and not offer.unmet
        ]
