"""A month of reviews: the days on which customers are met, and those by which something must be done; two queries."""

from __future__ import annotations

import re
from calendar import Calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.dateformat import format as dateformat
from django.utils.timezone import localdate

from acr_program.workflow.days import morning_of
from acr_program.workflow.obligations import Obligation
from reviews.choices import RequestStatus
from reviews.filters import RequestFilter
from reviews.models import Approval, FollowUp, ReviewRequest

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
MOST = 400  # of a kind in one month; more is nothing that anybody reads in a grid
SHOWN = 4  # on one day; the others fold


class Event(NamedTuple):
    """A meeting with its state, or something due with who has it."""

    title: str
    url: str
    tone: str
    note: str
    meets: bool


@dataclass
class Day:
    """One day of the grid."""

    on: date
    inside: bool
    today: bool
    events: list[Event] = field(default_factory=list)

    @property
    def first(self) -> list[Event]:
        return self.events[:SHOWN]

    @property
    def rest(self) -> list[Event]:
        return self.events[SHOWN:]


class CalendarFilter(RequestFilter):
    """The filters of the list; the month stays when they change."""

    carries = ("month",)


class MonthPage:
    """One month as this person may see it, narrowed as the list is."""

    def __init__(self, request: Any) -> None:
        self.request, self.user = request, request.user
        rows = ReviewRequest.objects.visible_to(self.user)
        self.filters = CalendarFilter(request.GET, queryset=rows, request=request)

    @cached_property
    def first(self) -> date:
        """The first day of the month that the address names; of this month where it names none."""
        asked = MONTH.fullmatch(self.request.GET.get("month", ""))
        return date(int(asked[1]), int(asked[2]), 1) if asked else localdate().replace(day=1)

    @cached_property
    def next(self) -> date:
        return (self.first + timedelta(days=32)).replace(day=1)

    @property
    def title(self) -> str:
        return dateformat(self.first, "F Y")

    @cached_property
    def weeks(self) -> list[list[Day]]:
        """Monday to Sunday; the days around the month stay empty."""
        today, by_day = localdate(), self.by_day
        return [
            [Day(on, on.month == self.first.month, on == today, by_day.get(on, [])) for on in week]
            for week in Calendar().monthdatescalendar(self.first.year, self.first.month)
        ]

    @property
    def heads(self) -> list[date]:
        return [day.on for day in self.weeks[0]]

    @cached_property
    def by_day(self) -> dict[date, list[Event]]:
        found: dict[date, list[Event]] = {}
        for review in self.meetings[:MOST]:
            state = str(review.get_status_display())
            event = Event(review.account.name, review.get_absolute_url(), review.tone, state, meets=True)
            found.setdefault(review.meeting_on, []).append(event)
        for duty in self.duties[:MOST]:
            tone = "bad" if duty.is_late else "neutral"
            event = Event(duty.title, duty.url, tone, f"{duty.what} ({duty.with_whom(self.user)})", meets=False)
            found.setdefault(localdate(duty.due_at), []).append(event)
        return found

    @cached_property
    def meetings(self) -> list[Any]:
        rows = self.filters.qs.exclude(status=RequestStatus.CANCELLED).select_related("account")
        return list(
            rows.filter(meeting_on__gte=self.first, meeting_on__lt=self.next).order_by("meeting_on", "pk")[: MOST + 1]
        )

    @cached_property
    def duties(self) -> list[Obligation]:
        """What waits for somebody about these reviews, their approvals, or what they have promised."""
        reviews = self.filters.qs.order_by().values("pk")
        kinds = ContentType.objects.get_for_models(ReviewRequest, Approval, FollowUp)
        approvals = Approval.objects.filter(request__in=reviews).order_by().values("pk")
        about = Q(content_type=kinds[ReviewRequest], object_id__in=reviews)
        about |= Q(content_type=kinds[Approval], object_id__in=approvals)
        undertaken = FollowUp.objects.still_open().filter(request__in=reviews).order_by().values("pk")
        about |= Q(content_type=kinds[FollowUp], object_id__in=undertaken)
        rows = Obligation.objects.open().filter(about).select_related("person")
        rows = rows.filter(due_at__gte=morning_of(self.first) - timedelta(hours=8), due_at__lt=morning_of(self.next))
        return list(rows.order_by("due_at", "pk")[: MOST + 1])

    @property
    def cut(self) -> bool:
        """Whether the month holds more than is drawn."""
        return len(self.meetings) > MOST or len(self.duties) > MOST

    def month_url(self, first: date) -> str:
        query = {name: value for name, value in self.request.GET.items() if value} | {"month": f"{first:%Y-%m}"}
        return f"{self.request.path}?{urlencode(query)}"

    @property
    def next_url(self) -> str:
        return self.month_url(self.next)

    @property
    def previous_url(self) -> str:
        return self.month_url((self.first - timedelta(days=1)).replace(day=1))

    @property
    def now_url(self) -> str:
        return self.month_url(localdate().replace(day=1))
