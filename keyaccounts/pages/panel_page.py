"""The panel room: one session with its agenda, as one reader sees it (K-14, M14)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.workflow.offers import next_step
from reviews.pages.one import OnePage

from ..choices_panel import BallotStatus, ReviewStatus, SessionStatus
from ..models import Ballot, PanelReview, PanelSession

COUNTED = (BallotStatus.ASKED, BallotStatus.CAST, BallotStatus.LAPSED)


@dataclass(frozen=True)
class OnAgenda:
    """One account on the agenda: how many of those who may vote have, and one's own ballot."""

    review: PanelReview
    mine: Any
    ballots: list[Any]

    @property
    def of(self) -> int:
        return sum(ballot.status in COUNTED for ballot in self.ballots)

    @property
    def voted(self) -> int:
        return sum(ballot.status == BallotStatus.CAST for ballot in self.ballots)

    @property
    def waits_for_me(self) -> bool:
        return self.mine is not None and self.mine.status == BallotStatus.ASKED

    @property
    def is_open_to_me(self) -> bool:
        return is_open(self.review, self.mine)


def is_open(review: PanelReview, mine: Any) -> bool:
    """Whether votes and decision may be read: once one has voted oneself; for everybody else once they are released."""
    return review.status == ReviewStatus.RELEASED or (mine is not None and mine.status == BallotStatus.CAST)


class SessionPage(OnePage[PanelSession]):
    """One panel, for one reader; an account from which they are recused is neither named nor counted."""

    @property
    def next(self) -> str:
        return next_step(self.of)

    @property
    def may_edit(self) -> bool:
        return self.of.status == SessionStatus.PLANNED and program_managers(self.user)

    @property
    def has_minutes(self) -> bool:
        return bool(self.of.status == SessionStatus.RELEASED)

    @cached_property
    def members(self) -> list[User]:
        return list(self.of.members.all())

    @cached_property
    def agenda(self) -> list[OnAgenda]:
        ballots = Prefetch("ballots", Ballot.objects.only("status", "member", "review"), to_attr="asked_ballots")
        rows = PanelReview.objects.visible_to(self.user).filter(session=self.of).exclude(status=ReviewStatus.WITHDRAWN)
        rows = rows.select_related("membership__account__manager", "session").prefetch_related(ballots).order_by("pk")
        rows = rows.defer("packet")
        return [OnAgenda(one, own(one.asked_ballots, self.user), one.asked_ballots) for one in rows]

    @property
    def to_vote(self) -> int:
        return sum(one.waits_for_me for one in self.agenda)


def own(ballots: list[Any], user: User) -> Any:
    return next((ballot for ballot in ballots if ballot.member_id == user.pk), None)
