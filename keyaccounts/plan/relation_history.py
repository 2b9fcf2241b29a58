"""How long the customer has been one, and what has happened between us, the newest first (N3.4, N3.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.pages import length_of
from acr_program.people.models import User
from reviews.models import ReviewRequest

from ..choices_plan import EventKind
from ..models import Event

MOST = 60
STAYING = (EventKind.DECISION, EventKind.RENEWAL, EventKind.SURVEY)  # of earlier plans; history itself is carried over
TOLD = (EventKind.HISTORY, *STAYING)  # queries and contacts are daily work
TONES = {EventKind.HISTORY: "info", EventKind.DECISION: "good", EventKind.RENEWAL: "warn", EventKind.SURVEY: "neutral"}


@dataclass(frozen=True)
class Moment:
    """One thing that happened: the day, of which sort, in words, who took part, from where we know it."""

    on: date
    sort: str
    what: str
    who: str = ""
    source: str = ""
    url: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class History:
    """Since when, for how long, and what came of it."""

    since: date | None
    length: str
    moments: list[Moment]


def history_of(plan: Any, user: User, events: Iterable[Event]) -> History:
    """Of these events and of the reviews that were held: one query."""
    since = plan.account.customer_since
    found = [*happened(events), *reviews(plan, user)]
    if since and since <= localdate():
        found.append(Moment(since, say("Beginning"), say("They became a customer."), tone="good"))
    moments = sorted(found, key=lambda one: one.on, reverse=True)
    return History(since, length_of(since, localdate()), moments[:MOST])


def events_of(plan: Any, user: User) -> list[Event]:
    """Those of this plan, and of earlier ones of this account what is not carried over; one query."""
    earlier = Q(plan__membership=plan.membership_id, plan__year__lt=plan.year, kind__in=STAYING)
    rows = Event.objects.visible_to(user).filter(Q(plan=plan) | earlier)
    return list(rows.select_related("changed_by", *Event.BESIDE))


def happened(events: Iterable[Event]) -> Iterable[Moment]:
    """What has happened by today, without what belongs to the day's work; what went on into the next year's plan is told once."""
    told = set()
    for row in events:
        kind, same = EventKind(row.kind), (row.kind, row.on, row.what, row.who)
        if kind in TOLD and row.on <= localdate() and same not in told:
            told.add(same)
            yield Moment(row.on, str(kind.label), said_of(row), row.who, row.source, tone=TONES[kind])


def said_of(row: Event) -> str:
    """What it was, and what came of it."""
    came = row.outcome or (row.get_decision_display() if row.decision else "")
    return f"{row.what} ({came})" if came else row.what


def reviews(plan: Any, user: User) -> Iterable[Moment]:
    """The reviews of this account that were held and that this person sees."""
    rows = ReviewRequest.objects.visible_to(user).filter(account=plan.account_id, met_on__isnull=False)
    for row in rows.select_related("year", "account").order_by("-met_on", "-pk")[:MOST]:
        yield Moment(row.met_on, str(_("Review")), str(row), row.attendees, url=row.get_absolute_url(), tone="good")
