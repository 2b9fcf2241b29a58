"""The board: what is under way, by state, in a number of queries that does not depend on how much there is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from acr_program.people.models import User
from acr_program.people.roles import the_clock
from acr_program.ui.kept import language
from acr_program.ui.lists import ENOUGH, counted
from acr_program.ui.phrases import room_tone
from acr_program.ui.tones import words_of
from acr_program.ui.walking import any_of, by_set, counting
from acr_program.ui.walking import counted as counted_by
from acr_program.workflow.steps import Step
from reviews.choices import LIVE, RequestStatus
from reviews.models import ReviewRequest
from reviews.schedule import slipped

from . import cards
from .holders import Holder, holder_of, with_holders

SHOWN = 20
READ = ("status", "audience", "meeting_on", "delivery", "pace", "rep__name", "account__name", "year")
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
    others: list[Step]  # steps that carry it on and are somebody else's
    slipped: str = ""  # the stage whose latest safe day has passed

    @property
    def drawn(self) -> SafeString:
        return cards.drawn(self)


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

    @property
    def said(self) -> int | str:
        """How many; beyond a thousand nobody counts."""
        return counted(self.number) if self.uncounted else self.number

    @property
    def uncounted(self) -> bool:
        return self.number > ENOUGH


def board_of(user: User) -> list[Lane]:
    """Every live state in the order of a life; those a request only passes through stand there while it is in them."""
    live = ReviewRequest.objects.under_way_for(user)
    numbers, soonest = soonest_of_set(live) if by_set(live) else soonest_of_all()
    rows = with_holders(ReviewRequest.objects.filter(soonest).for_list(), user).only(*READ)
    requests = rows.order_by("meeting_on", "pk") if numbers else ()
    shown = [card_of(request, user) for request in requests]
    return [
        Lane(state, numbers.get(state, 0), [card for card in shown if card.request.status == state])
        for state in LIVE
        if numbers.get(state) or state not in BY_THE_WAY
    ]


def card_of(request: ReviewRequest, user: User) -> Card:
    room = request.room
    late = []
    if room and room < 0:
        late = slipped(request.status, request.meeting_on, request.delivery, localdate(), request.own_pace)
    return Card(
        request,
        tone_of(room),
        room,
        holder_of(request, user),
        moves_of(request, user),
        others_of(request, user),
        str(late[0].label) if late else "",
    )


def moves_of(request: ReviewRequest, user: User) -> list[Move]:
    """Where this person may move the card: declared steps alone, never to a state of one's choice; no query."""
    steps = [step for step in request.outgoing() if step.is_for(user, request)]
    return [Move(step, state_named(step.target)) for step in steps]


def others_of(request: ReviewRequest, user: User) -> list[Step]:
    """What carries the card on, where that is somebody else's, so that a menu with less says why."""
    return [
        step for step in request.outgoing()
        if not step.kind and any(role is not the_clock for role in step.by) and not step.is_for(user, request)
    ]  # fmt: skip


def state_named(state: str) -> str:
    return words_of(ReviewRequest, "status", language())[state]


def soonest_of_all() -> tuple[dict[str, int], Q]:
    """How many there are of each state, to a thousand, and its soonest meetings: each reads its own few rows and stops."""
    counts, soonest = of_each_state(connection.vendor)
    return {state: number for state, number in counted_by(*counts) if number}, soonest


@cache
def of_each_state(_vendor: str) -> tuple[tuple[str, list[Any]], Q]:
    """The same for whoever sees all: made once."""
    rows = [(str(s), ReviewRequest.objects.filter(status=s).order_by("meeting_on", "pk")) for s in LIVE]
    return counting(rows), any_of([found.values("pk")[:SHOWN] for _state, found in rows])


def soonest_of_set(live: QuerySet[Any]) -> tuple[dict[str, int], Q]:
    """The same where what one sees is a set that has to be gathered: it is gathered once, and ranked."""
    state = Window(RowNumber(), partition_by=F("status"), order_by=("meeting_on", "pk"))
    number = Window(Count("*"), partition_by=F("status"))
    rows = live.order_by().annotate(rank=state, number=number).filter(rank__lte=SHOWN)
    found = list(rows.values_list("pk", "status", "number"))
    return {status: n for _pk, status, n in found}, Q(pk__in=[pk for pk, _status, _n in found])


def tone_of(room: int | None) -> str:
    tone = room_tone(room)
    return "" if tone == "neutral" else tone
