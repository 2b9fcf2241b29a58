"""The meeting with the customer, from its plan to what came of it (R-26)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.absent import without_absent
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_office, the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import step

from .. import rules
from ..choices import MeetingStatus as S
from .document import Document
from .request import ReviewRequest

OVERSEE = (Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE)


class MeetingQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> MeetingQuerySet:
        """Whoever sees the review, and whoever of ours is to be there."""
        if user.has(*OVERSEE):
            found: MeetingQuerySet = without_absent(self, user, "request__account")
            return found
        own = [user.pk, *user.stands_in_for]
        attended = self.model.attendees.rel.related_model.objects.filter(person__in=own).order_by()
        seen = ReviewRequest.objects.visible_to(user).order_by()
        return self.filter(Q(request__in=seen.values("pk")) | Q(pk__in=attended.values("meeting")))

    def standing(self) -> MeetingQuerySet:
        """Planned or held: of one review there is one at most."""
        return self.exclude(status=S.CANCELLED)

    def for_page(self) -> MeetingQuerySet:
        return self.select_related(
            "request__account", "request__year", "request__rep__reports_to", "request__recipient", "shown"
        ).prefetch_related("attendees")


class Meeting(Machine):
    """The customer is met: planned with the review's own day and place, held, or cancelled.

    Its day and its place are the review's: they stand there alone, so that the plan counted back from them is always the
    plan of this meeting.
    """

    STATES = S
    LOCKS = "request"
    READS = ("request__account", "request__year", "request__rep__reports_to")

    request = models.ForeignKey(
        ReviewRequest, models.CASCADE, related_name="meetings", verbose_name=_("review request")
    )
    at = models.TimeField(_("begins at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=60)
    zone = models.CharField(_("time zone"), max_length=40, default="UTC")
    link = models.URLField(_("link to join"), max_length=500, blank=True)
    agenda = models.TextField(_("agenda"), max_length=4000, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # by which calendars know it, for life
    changed_at = models.DateTimeField(_("plan"), default=now, editable=False)  # when its calendar entry was another
    held_on = models.DateField(_("held on"), null=True, blank=True, editable=False)
    others = models.TextField(_("who else was there"), max_length=2000, blank=True, editable=False)
    shown = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("document shown"),
    )
    outcome = models.TextField(_("outcome"), max_length=4000, blank=True)
    status = FSMField(_("status"), choices=S.choices, default=S.PLANNED, protected=True)

    objects = MeetingQuerySet.as_manager()
    told: tuple[int, int] = (0, 0)  # to how many went word of a change, and an invitation, when it was last planned

    class Meta:
        verbose_name = _("meeting")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="meeting_status_known"),
            models.UniqueConstraint(fields=["request"], condition=~Q(status=S.CANCELLED), name="meeting_one_stands"),
            models.CheckConstraint(
                condition=Q(status=S.HELD, held_on__isnull=False) | (~Q(status=S.HELD) & Q(held_on=None)),
                name="meeting_held_has_day",
            ),
        )

    def __str__(self) -> str:
        return gettext("Meeting with %(customer)s, %(year)s") % {
            "customer": self.request.account.name, "year": self.request.year.label,
        }  # fmt: skip

    def get_absolute_url(self) -> str:
        return address_of("reviews:meeting", self.pk)

    @property
    def account_id(self) -> int:
        return self.request.account_id

    @property
    def waiter(self) -> User:
        return self.request.rep

    # When and where

    @property
    def on(self) -> date:
        return self.held_on or self.request.meeting_on

    @property
    def place(self) -> str:
        return self.request.meeting_place

    @property
    def begins_at(self) -> datetime | None:
        """The moment, on the clock of the place; None while no time is named."""
        return datetime.combine(self.on, self.at, ZoneInfo(self.zone)) if self.at else None

    @property
    def ends_at(self) -> datetime | None:
        return self.begins_at + timedelta(minutes=self.minutes) if self.begins_at else None

    @property
    def is_planned(self) -> bool:
        return self.status == S.PLANNED

    # Its steps

    @step(status, S.PLANNED, S.HELD, label=_("The meeting was held"), by=[the_clock])
    def hold(
        self, *, by: User, met_on: date, others: str = "", came: Iterable[int] | None = None,
        shown: Document | None = None, outcome: str = "",
    ) -> None:  # fmt: skip
        """Follows from the representative's word that it was: who came, what was shown, what came of it."""
        self.held_on, self.others, self.shown, self.outcome = met_on, others, shown, outcome
        self.changed_at = now()
        if came is not None:
            chosen = list(came)
            self.attendees.update(came=models.Case(models.When(pk__in=chosen, then=True), default=False))

    @step(
        status, S.PLANNED, S.CANCELLED, label=_("Cancel the meeting"), kind="danger",
        form="acr_program.workflow.forms.CommentForm", by=[rules.rep_of_meeting, program_office, the_clock],
    )  # fmt: skip
    def cancel(self, *, by: User, comment: str) -> None:
        """It does not take place; whoever was invited is told. The review goes on, and another can be planned."""
        self.changed_at = now()
