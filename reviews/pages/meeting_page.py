"""One meeting as one person sees it: the plan or what came of it, whether it is ready, who attends, its notes."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.absent import without_absent
from acr_program.desk.feed import BACK, MOST, feed_source
from acr_program.desk.ical import Entry
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui.parts import Fragment, Happening
from acr_program.workflow.offers import Offer, offers
from acr_program.workflow.registry import panel
from reviews import rules
from reviews.actions.inviting import entry_of
from reviews.actions.meeting import may_be_planned
from reviews.choices import MeetingStatus
from reviews.models import Attendee, Meeting, Note, ReviewRequest
from reviews.readiness import Result, plan_of, readiness_of

from .timeline import happenings

SEAT = re.compile(r"^(\w+ \d{20}) (.*?)(?=\n\w+ \d{20} |\Z)", re.DOTALL | re.MULTILINE)  # a name may have lines


class MeetingPage:
    """Everything on the page, in a number of queries that does not depend on its parts."""

    def __init__(self, of: Meeting, user: User) -> None:
        self.of, self.user = of, user

    @cached_property
    def offers(self) -> list[Offer]:
        return offers(self.of, self.user)

    @property
    def may_plan(self) -> bool:
        return self.of.is_planned and rules.may_undertake(self.user, self.of.request)

    @property
    def may_note(self) -> bool:
        return self.of.status != MeetingStatus.CANCELLED and rules.may_undertake(self.user, self.of.request)

    @cached_property
    def may_see_review(self) -> bool:
        return ReviewRequest.objects.visible_to(self.user).filter(pk=self.of.request_id).exists()

    @property
    def readiness(self) -> list[Result]:
        """For whoever can still do something about it, and for the leaders above them."""
        concerned = self.user.has(Role.REP, Role.LEADER, Role.ADMIN, Role.MANAGER) and self.may_see_review
        return self.checks if self.of.is_planned and concerned else []

    @cached_property
    def checks(self) -> list[Result]:
        """Each with the way to where it is mended, where this reader may mend it."""
        found = readiness_of(self.of)
        plan = plan_of(self.of)
        return found if self.may_plan else [replace(one, url="") if one.url == plan else one for one in found]

    @property
    def missing(self) -> int:
        return sum(not result.ready for result in self.readiness)

    @property
    def is_past(self) -> bool:
        return self.of.is_planned and self.of.on < localdate()

    @cached_property
    def attendees(self) -> list[Attendee]:
        return list(self.of.attendees.all())

    @property
    def ours(self) -> list[Attendee]:
        return [one for one in self.attendees if one.is_ours]

    @property
    def theirs(self) -> list[Attendee]:
        return [one for one in self.attendees if not one.is_ours]

    @cached_property
    def notes(self) -> list[Note]:
        return list(self.of.notes.select_related("by", "follow_up__owner"))

    @property
    def happened(self) -> list[Happening]:
        return happenings(list(self.of.log().for_timeline()[:30]), {})


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    panel(ReviewRequest, of_review)
    feed_source(in_calendar)


def of_review(review: ReviewRequest, user: User) -> Any:
    """The meeting that stands, or the way to plan one; it was read with its review."""
    meeting: Any = getattr(review, "the_meeting", None)
    may = rules.may_undertake(user, review)
    if meeting is None and not (may and may_be_planned(review)):
        return None
    if meeting:
        meeting.request = review
    context = {
        "meeting": meeting, "seated": seated(review), "may_plan": may and meeting is not None and meeting.is_planned,
        "plan_url": reverse("reviews:plan-meeting", args=[review.pk]),
    }  # fmt: skip
    return Fragment("reviews/meeting_panel.html", context)


def seated(review: Any) -> list[str]:
    """The names at the table, ours first, in the order in which they were named."""
    return [name for _place, name in sorted(SEAT.findall(review.seated or ""))]


def in_calendar(user: User) -> list[Entry]:
    """The meetings of this person, as representative or at the table: two queries."""
    recent = without_absent(Meeting.objects.standing(), user, "request__account")
    recent = recent.filter(request__meeting_on__gte=localdate() - BACK)
    seated = Attendee.objects.filter(person=user).order_by().values("meeting")
    own = recent.filter(Q(request__rep=user) | Q(pk__in=seated)).select_related(
        "request__account", "request__year", "request__rep"
    )
    return [entry_of(one) for one in own.order_by("request__meeting_on", "pk")[:MOST]]
