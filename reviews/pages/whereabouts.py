"""Where is it, when will I have it, what is late: said on the page of a request, above all to whoever asked (M21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.ui.phrases import day, long_day
from reviews.choices import Delivery
from reviews.models import ReviewRequest
from reviews.schedule import AHEAD, Stage, likely_day, room, slipped

from .plan import distance


@dataclass(frozen=True)
class Whereabouts:
    """The last safe day, or the likely one where a stage has slipped; what it means for the meeting; what has slipped."""

    likely: date | None
    meeting_on: date
    stages: list[Stage]
    at_once: bool = False  # it goes out with the last approval

    @property
    def tone(self) -> str:
        return "bad" if self.too_late else "warn" if self.stages else ""

    @property
    def too_late(self) -> bool:
        return self.likely is not None and self.likely > self.meeting_on

    @property
    def likely_said(self) -> str:
        """When the customer is likely to have the document; that it comes after the meeting, where it does."""
        if self.likely is None:
            return ""
        words = _("The customer has it by %(day)s at the latest, if nothing slips.")
        if self.at_once:
            words = _("The customer has it as soon as it is approved: by %(day)s at the latest, if nothing slips.")
        if self.stages:
            words = _("The customer is likely to have it by %(day)s.")
        if self.too_late:
            words = _("The customer is likely to have it by %(day)s only, after the meeting on %(meeting)s.")
        return words % {"day": long_day(self.likely), "meeting": day(self.meeting_on)}

    @property
    def late(self) -> list[str]:
        """Each stage whose latest safe day has passed, in a sentence."""
        today = localdate()
        words = _("Slipped: “%(stage)s” was to be over by %(day)s, %(ago)s.")
        return [
            words % {"stage": stage.label, "day": day(stage.by), "ago": distance(room(stage.by, today))}
            for stage in self.stages
        ]


def whereabouts_of(review: ReviewRequest) -> Whereabouts:
    """Reckoned from the plan and the state as they are now, whether the clock has raised its alarm yet or not."""
    pace = review.own_pace if review.status in AHEAD else ""  # nothing is counted for what is not under way
    plan = (review.status, review.meeting_on, review.delivery, localdate(), pace)
    at_once = review.delivery == Delivery.DIGITAL
    return Whereabouts(likely_day(*plan), review.meeting_on, slipped(*plan), at_once)
