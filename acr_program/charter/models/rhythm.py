"""How often an audience hears of the program (G-11, R-08)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from ..choices import Audience, ProgramStatus
from .communication import Communication
from .line import Line


class RhythmQuerySet(models.QuerySet[Any]):
    def for_table(self) -> RhythmQuerySet:
        """Each with the day of the last communication to its audience, alone or together with the other."""
        sent = Communication.objects.filter(audience__in=[OuterRef("audience"), Audience.BOTH]).exclude(sent_on=None)
        found: RhythmQuerySet = self.annotate(last_on=Subquery(sent.order_by("-sent_on").values("sent_on")[:1]))
        return found


class Rhythm(Line):
    """At most so many days between two communications to an audience: fewer while the program is designed or piloted."""

    LOGGED_AS = "rhythm"

    audience = models.CharField(_("for whom"), max_length=8, choices=Audience.choices, unique=True)
    early_days = models.PositiveSmallIntegerField(_("days, until it is rolled out"), default=14)
    later_days = models.PositiveSmallIntegerField(_("days, once it is rolled out"), default=90)

    silent_since = models.DateField(_("silent since"), null=True, editable=False)

    objects = RhythmQuerySet.as_manager()

    class Meta:
        verbose_name = _("rhythm")
        ordering = ("audience",)
        constraints = (
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="rhythm_audience_known"),
            models.CheckConstraint(condition=Q(early_days__gt=0, later_days__gt=0), name="rhythm_is_days"),
        )

    def __str__(self) -> str:
        return self.get_audience_display()

    def days(self, status: str) -> int:
        """How many days may pass while the program stands like this."""
        return self.later_days if status == ProgramStatus.ROLLED_OUT else self.early_days

    def said(self) -> list[Any]:
        """Without what the clock notes."""
        return super().said()[:-1]
