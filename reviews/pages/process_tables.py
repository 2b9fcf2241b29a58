"""The lists that hold every review against the same process: the work queue, and those that left it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from acr_program.ui import markup
from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.kept import gettext as _
from acr_program.workflow.log import LogEntry
from reviews.choices import STILL_OPEN
from reviews.choices import RequestStatus as S
from reviews.models import FollowUp, ReviewRequest
from reviews.models.seeing import RequestQuerySet
from reviews.process.checklist import BEHIND
from reviews.process.conformance import departures
from reviews.process.described import PROCESS
from reviews.tables import facts_of, state_of

# By which step of the request itself each step of the process is known to be over: the days of a row of the queue.
OVER_BY = {
    "asked": ("accept",), "gathered": ("start_compiling",), "complete": ("start_compiling",),
    "compiled": ("request_approval",), "approved": ("approve_all",), "sealed": ("approve_all",),
    "delivered": ("deliver_digital", "confirm_delivery"), "met": ("hold_meeting",), "fed-back": ("close",),
}  # fmt: skip
SORTS = [
    Sort("meeting", gettext_lazy("meeting"), "meeting_on", "id"),
    Sort("newest", gettext_lazy("newest"), "-created_at", "-id"),
]


def queue_rows(reviews: RequestQuerySet) -> RequestQuerySet:
    """What is under way, each with the day on which each step was over: the days of the rows shown, in the same query."""
    days = {under(key): Subquery(day_of(steps)) for key, steps in OVER_BY.items() if key not in ("complete", "sealed")}
    open_ones = FollowUp.objects.filter(request=OuterRef("pk"), status__in=STILL_OPEN).order_by()
    return reviews.live().exclude(status=S.DRAFT).for_list().annotate(**days, still_open=Exists(open_ones))


def day_of(steps: tuple[str, ...]) -> Any:
    kind = ContentType.objects.get_for_model(ReviewRequest)
    taken = LogEntry.objects.filter(content_type=kind, object_id=OuterRef("pk"), step__in=steps)
    return taken.order_by("-version").values("at")[:1]


def short(at: datetime) -> str:
    """A day in as little room as ten of them leave."""
    return date_format(localtime(at).date(), "j M")


def under(key: str) -> str:
    return f"over_{key.replace('-', '_')}"


def mark_of(place: int, key: str) -> Any:
    """What a row says of one step: the day it was over, that it is now, or that it is to come."""
    same = {"complete": "gathered", "sealed": "approved"}.get(key, key)

    def mark(review: Any) -> Any:
        behind = BEHIND[S(review.status)]
        if key == "followed-up":
            return markup.toned(_("open"), "warn") if review.still_open else markup.quiet("–")
        if place < behind:
            at = getattr(review, under(same))
            return short(at) if at else _("done")
        return markup.badge(_("now"), "info") if place == behind else markup.quiet("–")

    return mark


def why_it_left(review: Any) -> SafeString:
    """Each way out with the reason that was given for it."""
    none = _("no reason was asked for then")
    said = ((one.way, one.reason or none) for one in departures(review))
    return format_html_join(mark_safe("<br>"), "<b>{}</b>: {}", said)


QUEUE = Table(
    columns=[
        Column("review", gettext_lazy("Review"), value="account.name", link=True, sub=facts_of),
        *(Column(one.key, one.done, value=mark_of(place, one.key), nowrap=True) for place, one in enumerate(PROCESS)),
    ],
    sorts=SORTS,
    noun=(gettext_lazy("review"), gettext_lazy("reviews")),
)

STRAYED = Table(
    columns=[
        Column("review", gettext_lazy("Review"), value="account.name", link=True, sub=facts_of),
        Column("status", gettext_lazy("State"), value=state_of),
        Column(
            "left",
            gettext_lazy("Where it left the process, and why"),
            value=why_it_left,
            whole=True,
        ),
        Column("rep", gettext_lazy("Sales representative"), value="rep.name"),
        Column("meeting_on", gettext_lazy("Meeting"), nowrap=True, sort="meeting"),
    ],
    sorts=SORTS,
    noun=(gettext_lazy("review"), gettext_lazy("reviews")),
)
