"""What is said after the demo company's meetings: by its representatives, and by most of its customers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.utils.timezone import make_aware

from acr_program.people.models import User
from acr_program.workflow.edit import begin_many
from reviews.choices_feedback import CustomerStatus, RepStatus
from reviews.models import CustomerFeedback, RepFeedback, ReviewRequest

from . import texts
from .acting import act

CHANGES = [
    "Tell us a day earlier when a lorry will be late.",
    "One invoice a month in place of one a delivery.",
    "More time for the coming year, less for the past one.",
    "",
    "Send the document a week before, not three days.",
]
DID_NOT = [
    "The figures of the last quarter came too late to be talked over.",
    "",
    "",
    "Too many of us, too few of them.",
]
STAGES = [
    ("compiling", "Leave a day between the document and the leaders: a rep wants to read it first."),
    ("gathering", "Ask the contributors a week earlier when a holiday lies in between."),
]


def given(request: ReviewRequest, chance: Random) -> Iterator[timedelta]:
    """The representative speaks in a day or two, now and then with a suggestion; four customers in five answer."""
    yield timedelta(hours=chance.uniform(3, 30))
    stage, words = chance.choice(STAGES)
    suggestion = {"about": f"stage:{stage}", "words": words} if chance.random() < 0.15 else {}
    act(
        RepFeedback.objects.get(request=request), "give", request.rep, worked=chance.choice(texts.HELD),
        did_not=chance.choice(DID_NOT), **suggestion,
    )  # fmt: skip
    yield timedelta(hours=chance.uniform(24, 60))
    asked = CustomerFeedback.objects.select_related("request__recipient").get(request=request)
    if asked.status == CustomerStatus.PLANNED and request.recipient and request.recipient.email:
        act(asked, "ask", User.objects.clock())
    if chance.random() < 0.8 and CustomerFeedback.objects.filter(pk=asked.pk, status=CustomerStatus.ASKED).exists():
        yield timedelta(hours=chance.uniform(2, 90))
        if CustomerFeedback.objects.filter(pk=asked.pk, status=CustomerStatus.ASKED).exists():
            name = request.recipient.name if request.recipient else ""
            act(asked, "answer", User.objects.customer(), **marks(chance), change=chance.choice(CHANGES), said_by=name)


def marks(chance: Random) -> dict[str, int]:
    """Mostly content, delivery a little less."""
    return {
        "value": chance.choice([3, 4, 4, 5]), "delivery": chance.choice([2, 3, 4, 4]),
        "relationship": chance.choice([3, 4, 5, 5]), "extend": chance.choice([3, 4, 4, 5]),
    }  # fmt: skip


def close(request: ReviewRequest, admin: User, chance: Random) -> None:
    """With the customer's answer, or with what they said to somebody here."""
    answered = CustomerFeedback.objects.filter(request=request, status=CustomerStatus.ANSWERED).exists()
    act(request, "close", admin, **({} if answered else {"customer_feedback": chance.choice(texts.SAID)}))


def take_over(reviews: Sequence[ReviewRequest], *, by: User) -> None:
    """What stood on the papers of the year before: the representative's word, and marks of every second customer."""
    chance = Random(530)  # noqa: S311 (a story, not a secret)
    paper: list[Any] = [
        RepFeedback(
            request=one, worked="Taken over from paper.", status=RepStatus.GIVEN, said_by=one.rep, said_at=after_meeting(one),
        )
        for one in reviews
    ]  # fmt: skip
    begin_many(paper, by=by)
    begin_many([on_paper(one, chance) for one in reviews[::2]], by=by)


def after_meeting(review: ReviewRequest) -> datetime:
    return make_aware(datetime.combine(review.met_on or review.meeting_on, time(16)))


def on_paper(review: ReviewRequest, chance: Random) -> CustomerFeedback:
    at = after_meeting(review)
    name = review.recipient.name if review.recipient else review.account.name
    return CustomerFeedback(
        request=review, status=CustomerStatus.ANSWERED, meant_for=name, said_by=name, asked_at=at, answered_at=at,
        change=chance.choice(CHANGES), **marks(chance),
    )  # fmt: skip
