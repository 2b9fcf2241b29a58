"""What was measured when the panel decided: kept as it was shown, with the day it is looked at again (K-18, K-19, K-23)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User

from ..choices_incubation import Threshold
from .cycle import IncubationCycle
from .membership import Membership
from .standard import Standard


class AssessmentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> AssessmentQuerySet:
        return self.filter(membership__in=Membership.objects.visible_to(user).order_by().values("pk"))


class Assessment(models.Model):
    """The measured values at one outcome; for leaving as complete as for entering (K-23).

    `lines` has for each measure its title, kind, target, value, date and whether it was met, in words and as text, so that
    it reads the same whatever becomes of the requirements. `next_on` is the next re-review, where there is one.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="assessments", verbose_name=_("membership"))
    cycle = models.ForeignKey(
        IncubationCycle, models.PROTECT, null=True, related_name="+", verbose_name=_("incubation")
    )
    standard = models.ForeignKey(Standard, models.PROTECT, null=True, related_name="+", verbose_name=_("requirements"))
    kind = models.CharField(_("measured to"), max_length=8, choices=Threshold.choices)
    outcome = models.CharField(_("outcome"), max_length=20)
    reason = models.TextField(_("why"), max_length=4000, blank=True)
    lines = models.JSONField(_("what was measured"), default=list)
    on = models.DateField(_("on"), default=localdate)
    next_on = models.DateField(_("next re-review"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by"))

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("what was measured")
        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=Q(kind__in=Threshold.values), name="assessment_kind_known"),)

    def __str__(self) -> str:
        return f"{self.membership}, {self.on}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError("What was measured at a decision is never changed.")
        super().save(*args, **options)

    @property
    def met(self) -> int:
        return sum(1 for line in self.lines if line["decides"] and line["met"])

    @property
    def asked(self) -> int:
        return sum(1 for line in self.lines if line["decides"])
