"""A stage that was not over by its latest safe day: the clock's alarm (M21)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User
from acr_program.ui.kept import gettext

from .. import schedule
from ..choices import Delivery
from .request import ReviewRequest


class SlipQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> SlipQuerySet:
        return self.filter(request__in=ReviewRequest.objects.visible_to(user).values("pk"))

    def standing(self) -> SlipQuerySet:
        """Alarms that hold now: the plan is still the one that slipped, and the request still before the stage."""
        ahead = Q()
        for status, stages in schedule.AHEAD.items():
            ahead |= Q(request__status=status, stage__in=[str(stage) for stage in stages])
        same = Q(meeting_on=F("request__meeting_on"), delivery=F("request__delivery"))
        return self.filter(same & ahead, over_at=None)

    def for_list(self) -> SlipQuerySet:
        return self.select_related("request__account", "request__year", "request__rep")


class Slip(models.Model):
    """One alarm about one stage of one plan; raised once, and put aside by the clock when it holds no more.

    No machine: nobody takes a step on it. It says what the days and the state of its request say, and is mended there.
    """

    request = models.ForeignKey(ReviewRequest, models.CASCADE, related_name="slips")
    stage = models.CharField(_("stage"), max_length=20, choices=schedule.STAGES)
    meeting_on = models.DateField(_("meeting on"))
    delivery = models.CharField(_("delivery"), max_length=8, choices=Delivery.choices)
    safe_on = models.DateField(_("latest safe day"))
    raised_at = models.DateTimeField(_("raised at"), default=now)
    over_at = models.DateTimeField(null=True)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = _("slip")
        ordering = ("safe_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["request", "stage", "meeting_on", "delivery"], name="slip_once_a_stage_of_a_plan"
            ),
        )
        indexes = (models.Index(fields=["raised_at", "id"], name="slip_standing", condition=Q(over_at=None)),)

    def __str__(self) -> str:
        return gettext("%(stage)s: %(request)s") % {"stage": self.get_stage_display(), "request": self.request}
