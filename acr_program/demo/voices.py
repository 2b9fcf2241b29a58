"""What the demo company learns of its reviews: star performers, what their meetings taught, and what becomes of suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from acr_program.charter.models import Program
from acr_program.people.models import User
from reviews.actions.voices import examples_for, nominate, suggest, why_not
from reviews.choices import TemplateStatus
from reviews.choices_feedback import SuggestionKind, SuggestionStatus
from reviews.choices_library import TouchKind, TouchStatus
from reviews.models import ReviewRequest, Section, StarPerformer, Suggestion, TemplateVersion, TouchPoint

from .acting import act

REASONS = [
    "They open with the customer’s own three questions, and only then turn a page.",
    "Every late order is named before the customer can name it.",
    "Nobody leaves their table without a name and a day beside each promise.",
]
LESSONS = [
    "Customers read the commitments first and the figures last.",
    "Two of four had not opened the document before we met; a call the day before helps.",
    "The page on late orders wins more trust than the one on growth.",
    "Whoever brings their warehouse manager talks of docks, not of prices.",
]
OF_STARS = [("compiling", "Put the commitments before the figures."), ("shipped", "Call the customer the day before.")]
OF_HOUSE = ["Say in one line whom to call at night.", "Leave out what we do for the environment, or say it in figures."]
ADOPTED = ["Taken up from the next reviews on.", "Yes: it costs us nothing and them a page less."]
DECLINED = ["It is in the internal edition already.", "Two customers in three ask for the opposite."]


def voices(chance: Random) -> Iterator[timedelta]:
    """From the third month on: nominations, answers each quarter, and the program manager at the list of suggestions."""
    for place, reason in enumerate(REASONS):
        star = a_nomination(reason)
        yield timedelta(days=chance.randint(2, 6))
        if star:
            step = "decline" if place == 1 else "confirm"
            act(star, step, manager(), **({"comment": "One good meeting is not a habit yet."} if place == 1 else {}))
        yield timedelta(days=chance.randint(5, 20))
    contributors = list(User.objects.filter(functions__isnull=False).distinct().order_by("pk"))
    while True:
        for touch in TouchPoint.objects.filter(kind=TouchKind.STAR, status=TouchStatus.ASKED).select_related("person"):
            stage, words = chance.choice(OF_STARS)
            said = {"about": f"stage:{stage}", "words": words} if chance.random() < 0.6 else {}
            act(touch, "answer", touch.person, lesson=chance.choice(LESSONS), **said)
        if contributors and chance.random() < 0.4:
            sections = Section.objects.filter(template__status=TemplateStatus.PUBLISHED, slot=False).order_by("pk")
            about = f"section:{chance.choice(list(sections)).pk}"
            suggest(by=chance.choice(contributors), about=about, words=chance.choice(OF_HOUSE))
        yield timedelta(days=chance.randint(12, 25))
        answer_some(chance)


def a_nomination(reason: str) -> StarPerformer | None:
    """Of the next representative who has a leader and a review in the customer's hands."""
    for review in examples_for(manager()):
        leader = review.rep.reports_to
        if leader and not why_not(review.rep, review) and sees(leader, review):
            return nominate(by=leader, person=review.rep, example=review, reason=reason)
    return None


def sees(leader: User, review: ReviewRequest) -> bool:
    return ReviewRequest.objects.visible_to(leader).filter(pk=review.pk).exists()


def answer_some(chance: Random) -> None:
    """The two oldest that wait: one is taken up, one is not."""
    waiting = Suggestion.objects.filter(status=SuggestionStatus.NEW).select_related("section__template").order_by("pk")
    for one, adopts in zip(waiting[:2], (True, False), strict=False):
        if not adopts:
            act(one, "decline", manager(), comment=chance.choice(DECLINED))
        elif one.kind == SuggestionKind.TEMPLATE:
            version = TemplateVersion.objects.published(one.audience)
            act(one, "adopt", manager(), comment=chance.choice(ADOPTED), adopted_in=version)
        else:
            act(one, "adopt", manager(), comment=chance.choice(ADOPTED))


def manager() -> User:
    program: Program = Program.objects.select_related("manager").get()
    return program.manager
