"""What must not be forgotten: the register of customer data, and the ladder by which late work goes up (N4.8 to N4.12, N5.6)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from .plan_row import PlanRow
from .plan_work import Action, Event

USER = settings.AUTH_USER_MODEL


class DataItem(PlanRow):
    """A piece of customer data that matters, what for, from where, kept where, by whom and how often (N4.8 to N4.12).

    `due` follows from when it was refreshed last and how often it is to be; what never was is due on the day it is named.
    """

    BESIDE = ("owner",)

    item = models.CharField(_("item"), max_length=120)
    purpose = models.CharField(_("what it is used for"), max_length=200)
    source = models.CharField(_("where it is sourced"), max_length=160)
    place = models.CharField(_("where it is stored"), max_length=160)
    access = models.CharField(_("who has access"), max_length=160, blank=True)
    refresh = models.PositiveSmallIntegerField(_("refreshed every so many days"))
    refreshed_on = models.DateField(_("last refreshed on"), null=True, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    owner = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("owner"))

    class Meta(PlanRow.Meta):
        verbose_name = _("data item")
        ordering = ("due", "pk")
        indexes = (models.Index(fields=["due", "id"], name="data_item_by_due"),)

    def __str__(self) -> str:
        return self.item

    def save(self, *args: Any, **options: Any) -> None:
        if self.refreshed_on:
            self.due = self.refreshed_on + timedelta(days=self.refresh)
        elif self.due is None:
            self.due = localdate()
        super().save(*args, **options)


class Rung(PlanRow):
    """One rung of the escalation ladder: so many working days after something is overdue, this person is told (N5.6)."""

    BESIDE = ("person",)

    after = models.PositiveSmallIntegerField(_("working days overdue"))
    person = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("who is told"))

    class Meta(PlanRow.Meta):
        verbose_name = _("rung of the escalation ladder")
        ordering = ("after", "pk")
        constraints = (models.UniqueConstraint(fields=["plan", "after"], name="rung_once_a_plan"),)

    def __str__(self) -> str:
        return str(self.after)


class Escalation(models.Model):
    """That a rung fired for something overdue; once (N5.6)."""

    rung = models.ForeignKey(Rung, models.CASCADE, related_name="fired")
    action = models.ForeignKey(Action, models.CASCADE, null=True, related_name="escalations")
    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="escalations")
    at = models.DateTimeField(_("at"), default=now)

    class Meta:
        verbose_name = _("escalation")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["rung", "action"], name="escalation_once_an_action"),
            models.UniqueConstraint(fields=["rung", "event"], name="escalation_once_an_event"),
            models.CheckConstraint(
                condition=Q(action=None, event__isnull=False) | Q(action__isnull=False, event=None),
                name="escalation_of_one_thing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rung} {self.at:%Y-%m-%d}"
