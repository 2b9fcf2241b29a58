"""The board: what is under way, by state, in a number of queries that does not depend on how much there is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from acr_program.people.models import User
from acr_program.ui.phrases import room_tone
from acr_program.workflow.steps import Step
from reviews.choices import LIVE, RequestStatus
from reviews.models import ReviewRequest

from .holders import Holder, holder_of, with_holders

SHOWN = 20
# States that a request passes through: columns only while somebody is in them.
BY_THE_WAY = (RequestStatus.RETURNED, RequestStatus.CHANGES_REQUESTED, RequestStatus.APPROVED)


@dataclass(frozen=True)
class Card:
    """One request: its tone says late or short of time."""

    request: Any
    tone: str
    room: int | None
    holder: Holder | None
    moves: list[Move]


class Move(NamedTuple):
    """A step that leads elsewhere and is for this person; whether it is open is said where it is taken."""

    step: Step
    to: str


@dataclass(frozen=True)
class Lane:
    """One state with its soonest meetings."""

    state: RequestStatus
    number: int
    cards: list[Card]

    @property
    def url(self) -> str:
        return f"{reverse('reviews:requests')}?{urlencode({'state': self.state.value, 'sort': 'meeting'})}"

    @property
    def more(self) -> int:
        return self.number - len(self.cards)


def board_of(user: User) -> list[Lane]:
    """Every live state in the order of a life; those a request only passes through stand there while it is in them."""
    live = ReviewRequest.objects.visible_to(user).live()
    numbers = dict(live.order_by().values_list("status").annotate(Count("pk")))
    requests = first_of_each(live, list(numbers), user)
    cards = [Card(r, tone_of(r.room), r.room, holder_of(r, user), moves_of(r, user)) for r in requests]
    return [
        Lane(state, numbers.get(state, 0), [card for card in cards if card.request.status == state])
        for state in LIVE
        if numbers.get(state) or state not in BY_THE_WAY
    ]


def moves_of(request: ReviewRequest, user: User) -> list[Move]:
    """Where this person may move the card: declared steps alone, never to a state of one's choice; no query."""
    steps = [step for step in request.outgoing() if step.is_for(user, request)]
    return [Move(step, str(RequestStatus(step.target).label)) for step in steps]


def first_of_each(live: QuerySet[Any], states: list[str], user: User) -> QuerySet[Any]:
    """The soonest meetings of each state, in one query: each state reads its own few rows and stops."""
    if not states:
        return live.none()
    few = [Q(pk__in=live.filter(status=s).order_by("meeting_on", "pk").values("pk")[:SHOWN]) for s in states]
    rows = with_holders(ReviewRequest.objects.filter(reduce(or_, few)).for_list(), user)
    return rows.order_by("meeting_on", "pk")


def tone_of(room: int | None) -> str:
    tone = room_tone(room)
    return "" if tone == "neutral" else tone
