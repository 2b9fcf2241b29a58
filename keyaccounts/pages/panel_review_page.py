"""One account before a panel, as one reader sees it: the packet, one's own ballot, and the others' once one has voted (M14)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from acr_program.people.roles import program_managers
from acr_program.ui.phrases import number
from acr_program.workflow.offers import Offer, next_step, offers
from reviews.pages.one import OnePage

from ..choices_panel import BEFORE_RELEASE, INCUBATES, LIVE_REVIEWS, BallotStatus, Outcome, ReviewStatus
from ..incubation_needs import lacks_exception
from ..incubation_rules import lifts
from ..models import Ballot, PanelReview, Tier
from ..packets import Drawn, drawn
from ..panel_rules import chairs_review
from ..panel_tally import Tally, averages, tally
from .panel_page import is_open, own
from .panel_replay import Replayed, replay


@dataclass(frozen=True)
class Counted:
    """One outcome and how many voted for it."""

    outcome: Outcome
    n: int
    leads: bool
    decided: bool


class ReviewPage(OnePage[PanelReview]):
    """One account before a panel, for one reader."""

    @property
    def next(self) -> str:
        return next_step(self.of)

    @cached_property
    def packet(self) -> list[Drawn]:
        return drawn(self.of.packet)

    @cached_property
    def shut(self) -> str:
        """Why the panel cannot ask for more proof as things stand: said before anybody votes for it (K-16)."""
        return lacks_exception(self.of.membership) if self.of.status in BEFORE_RELEASE else ""

    @property
    def may_except(self) -> bool:
        return lifts(self.user, self.of.membership)

    # Who votes

    @cached_property
    def ballots(self) -> list[Any]:
        rows = self.of.ballots.select_related("member").order_by("cast_at", "pk")
        for ballot in (found := list(rows)):
            ballot.review = self.of
        return found

    @cached_property
    def mine(self) -> Any:
        return own(self.ballots, self.user)

    @cached_property
    def ballot_offers(self) -> list[Offer]:
        return offers(self.mine, self.user) if self.mine else []

    @property
    def voters(self) -> list[tuple[str, Any]]:
        """Each member by name and whether they have voted; in the order of names, which tells nothing."""
        rows = [ballot for ballot in self.ballots if ballot.status != BallotStatus.VOID]
        return [(row.member.name, row) for row in sorted(rows, key=lambda row: (row.member.name, row.pk))]

    @cached_property
    def recusals(self) -> list[Any]:
        return list(self.of.recusals.select_related("person"))

    @property
    def may_recuse(self) -> bool:
        """Members of themselves, until they have voted; whoever chairs or manages the program of any member."""
        before = self.of.status in LIVE_REVIEWS and self.of.status not in (ReviewStatus.WAITING, ReviewStatus.DECIDED)
        asked = self.mine is not None and self.mine.status == BallotStatus.ASKED
        sits = self.of.status == ReviewStatus.SCHEDULED and self.is_member
        return before and (asked or sits or self.may_recuse_others)

    @property
    def may_recuse_others(self) -> bool:
        return program_managers(self.user) or chairs_review(self.user, self.of)

    @cached_property
    def is_member(self) -> bool:
        return self.of.session is not None and self.of.session.members.filter(pk=self.user.pk).exists()

    # What was voted for and decided, once it is open to this reader

    @property
    def is_open(self) -> bool:
        return is_open(self.of, self.mine)

    @cached_property
    def votes(self) -> list[Ballot]:
        """The ballots that were cast and stand; none before they are open to this reader."""
        return [one for one in self.ballots if one.status == BallotStatus.CAST] if self.is_open else []

    @cached_property
    def tally(self) -> Tally:
        outcomes = [outcome.value for outcome in self.of.outcomes]
        return tally((vote.vote for vote in self.votes), outcomes, self.of.session.quorum if self.of.session else 1)

    @property
    def counted(self) -> list[Counted]:
        found, decided = self.tally, self.of.outcome
        return [
            Counted(one, found.counts[one], one in found.leading, self.is_open and one == decided)
            for one in self.of.outcomes
        ]

    @property
    def averages(self) -> list[tuple[str, str]]:
        found = averages([vote.scores for vote in self.votes])
        return [(question, number(Decimal(mean.numerator) / mean.denominator, 1)) for question, mean in found.items()]

    @property
    def decision(self) -> dict[str, Any]:
        return self.of.decision if self.is_open else {}

    @property
    def outcome(self) -> Outcome | None:
        return Outcome(self.of.outcome) if self.decision else None

    @cached_property
    def tier(self) -> Tier | None:
        return Tier.objects.filter(pk=self.decision.get("tier") or 0).first() if self.decision.get("tier") else None

    @property
    def incubates(self) -> bool:
        return self.outcome in INCUBATES

    @property
    def dissents(self) -> list[Ballot]:
        return [vote for vote in self.votes if vote.dissent]

    @cached_property
    def replay(self) -> list[Replayed]:
        """How it went, proved against the log; once it is released."""
        return replay(self.of, self.ballots) if self.of.status == ReviewStatus.RELEASED else []
