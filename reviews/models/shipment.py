"""What printer and carrier said of an order, and the clock's alarm where its day is in danger (R-19)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User

from ..choices import NOT_SHIPPED, AlarmKind, PrintStatus
from .fulfilment import PrintOrder
from .request import ReviewRequest


class PrintEvent(models.Model):
    """One word from outside, under the id its sender gave it; the id is kept so that a repeat changes nothing."""

    order = models.ForeignKey(PrintOrder, models.CASCADE, related_name="events")
    sender = models.CharField(_("sender"), max_length=40)
    event_id = models.CharField(_("id"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20)
    note = models.CharField(_("note"), max_length=400, blank=True)
    changed = models.BooleanField(_("changed the order"), default=False)
    at = models.DateTimeField(_("came at"), default=now)

    class Meta:
        verbose_name = _("event from the printer or carrier")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["sender", "event_id"], name="print_event_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"


class PrintAlarmQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> PrintAlarmQuerySet:
        return self.filter(order__request__in=ReviewRequest.objects.visible_to(user).values("pk"))

    def standing(self) -> PrintAlarmQuerySet:
        """Alarms that hold now: the day is still the one in danger, and the copies are not where they should be."""
        near = Q(kind=AlarmKind.NEAR, order__status__in=NOT_SHIPPED)
        missed = Q(kind=AlarmKind.MISSED, order__status__in=[*NOT_SHIPPED, PrintStatus.SHIPPED])
        return self.filter(near | missed, needed_by=F("order__needed_by"), over_at=None)

    def for_list(self) -> PrintAlarmQuerySet:
        return self.select_related("order__request__account", "order__request__year", "order__request__rep")


class PrintAlarm(models.Model):
    """One alarm about one order and its day; raised once, put aside by the clock when it holds no more. No machine."""

    order = models.ForeignKey(PrintOrder, models.CASCADE, related_name="alarms")
    kind = models.CharField(_("alarm"), max_length=8, choices=AlarmKind.choices)
    needed_by = models.DateField(_("needed by"))
    raised_at = models.DateTimeField(_("raised at"), default=now)
    over_at = models.DateTimeField(null=True)

    objects = PrintAlarmQuerySet.as_manager()

    class Meta:
        verbose_name = _("alarm of a print order")
        ordering = ("needed_by", "pk")
        constraints = (models.UniqueConstraint(fields=["order", "kind", "needed_by"], name="print_alarm_once_a_day"),)
        indexes = (models.Index(fields=["raised_at", "id"], name="print_alarm_standing", condition=Q(over_at=None)),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.order}"
