"""Where a record stands in the process, and the page that describes that step in the version it is bound to (R-02)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.workflow.machine import Machine
from acr_program.workflow.registry import Onward
from reviews.choices import RequestStatus as S
from reviews.models import ReviewRequest
from reviews.process.checklist import BEHIND
from reviews.process.described import PROCESS, ProcessStep, step_of


@dataclass(frozen=True)
class StepLink:
    """A step of the process: its page, its place, and how check lists name it."""

    url: str
    place: int
    step: ProcessStep

    @property
    def says(self) -> str:
        words = _("Step %(place)d of the process: %(step)s")
        return words % {"place": self.place, "step": str(self.step.done).lower()}


def review_of(obj: Any) -> ReviewRequest | None:
    """The review a record belongs to, as it was read with it."""
    return obj if isinstance(obj, ReviewRequest) else getattr(obj, "request", None)


def link_to(step: ProcessStep, review: ReviewRequest | None) -> StepLink:
    """Its page in the version the review is bound to; in the one in force where it is bound to none yet."""
    place = PROCESS.index(step)
    bound = review.process_id if review else None
    url = (
        reverse("reviews:process-step", args=[bound, step.key]) if bound else f"{reverse('reviews:process')}#{step.key}"
    )
    return StepLink(url, place + 1, step)


def stands_at(obj: Any) -> StepLink | None:
    """The step in which a record is: a review in the one that comes next, what belongs to it in its own."""
    if isinstance(obj, ReviewRequest):
        if obj.status == S.CANCELLED:
            return None
        return link_to(PROCESS[BEHIND[S(obj.status)]], obj)
    name = obj._meta.model_name
    found = next((one for one in PROCESS for mark in (*one.marks, *one.also) if mark.partition(".")[0] == name), None)
    return link_to(found, review_of(obj)) if found else None


def explained(obj: Machine, name: str) -> Onward | None:
    """For the page of a declared step: the step of the process that it belongs to."""
    found = step_of(obj.step_name(name))
    if found is None:
        return None
    link = link_to(found, review_of(obj))
    return Onward(link.url, link.says)
