"""One candidate as its page shows it: the two scorecards with what is on file, what it tests, how its pilot goes."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from acr_program.desk.beside.showing import Beside
from acr_program.people.roles import program_office
from acr_program.workflow.log import LogEntry
from acr_program.workflow.offers import is_next, next_step
from reviews.models import Approval, Document, InformationRequest, ReviewRequest
from reviews.pages.one import OnePage
from reviews.process.checklist import Check, of_page

from ..choices import BEST_SCORE, OWN_STEP, TO_CHOOSE, CandidateStatus
from ..covering import feedback_lacks
from ..models import Aspect, PilotCandidate, Rating
from ..ranking import reason_of
from ..rules import judges
from ..scorecard import Line, Scorecard, scorecard
from ..tested import reviews_of


class CandidatePage(OnePage[PilotCandidate]):
    """One candidate, for one reader."""

    most = BEST_SCORE

    @property
    def next(self) -> str:
        """What is awaited before it begins; then its feedback, and once that is whole what leads on."""
        if not self.has_begun:
            return super().next
        asks = self.of.status == CandidateStatus.ACTIVE and feedback_lacks(self.of)
        return is_next(self.of.declared_steps()["give_feedback"]) if asks else next_step(self.of)

    @cached_property
    def card(self) -> Scorecard:
        return scorecard(self.of)

    @property
    def reason(self) -> str:
        return reason_of(self.of)

    @property
    def account_lines(self) -> list[tuple[Line, str]]:
        """Each line with the address where it is judged; empty where it is not for this person."""
        return [(line, self.judge_url(line)) for line in self.card.account]

    @property
    def manager_lines(self) -> list[tuple[Line, str]]:
        return [(line, self.judge_url(line)) for line in self.card.manager]

    def judge_url(self, line: Line) -> str:
        own = line.criterion.evidence in OWN_STEP
        if own or self.of.status not in TO_CHOOSE or not judges(self.user):
            return ""
        return f"{self.of.get_absolute_url()}judge/{line.criterion.pk}/"

    @cached_property
    def aspects(self) -> list[Aspect]:
        """What it is to test, as long as it has not begun; then its ratings say what it has tested."""
        return [] if self.has_begun else list(self.of.aspects.all())

    @property
    def may_choose_aspects(self) -> bool:
        return self.of.status in TO_CHOOSE and program_office(self.user)

    @cached_property
    def ratings(self) -> list[Rating]:
        return list(self.of.ratings.select_related("aspect"))

    # The pilot itself

    @property
    def has_begun(self) -> bool:
        return self.of.started_on is not None

    @cached_property
    def review(self) -> ReviewRequest | None:
        return reviews_of([self.of]).get(self.of.pk)

    @cached_property
    def checklist(self) -> list[Check]:
        """The real steps of its review, done or ahead."""
        return of_page(self.review, log_of(self.review)) if self.review else []

    @cached_property
    def beside(self) -> Beside:
        return Beside(self.of, self.user)


def log_of(review: ReviewRequest) -> list[LogEntry]:
    """The entries of a review and of those parts by which its steps are told, newest first: one query."""
    parts: tuple[Any, ...] = (InformationRequest, Document, Approval)
    kinds = ContentType.objects.get_for_models(ReviewRequest, *parts)
    wanted = Q(content_type=kinds[ReviewRequest], object_id=review.pk)
    for model in parts:
        rows = model.objects.filter(request=review).order_by().values("pk")
        wanted |= Q(content_type=kinds[model], object_id__in=rows)
    return list(LogEntry.objects.filter(wanted).for_timeline())
