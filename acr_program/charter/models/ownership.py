"""What the program is to reach, and what its pilots have shown."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..choices import Outcome
from .line import Line


class Goal(Line):
    """One thing the program is to reach: how it is measured, how much of it, and in which period (G-04)."""

    LOGGED_AS = "goals"

    text = models.CharField(_("goal"), max_length=200)
    measure = models.CharField(_("measured by"), max_length=200)
    target = models.CharField(_("target"), max_length=80)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    class Meta:
        verbose_name = _("goal")
        ordering = ("begins_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gt=F("begins_on")), name="goal_ends_after_it_begins"),
        )

    def __str__(self) -> str:
        return self.text


class ConcludedWave(Line):
    """A wave of pilots that is over, as the office enters it: what it came to, and which findings are still open."""

    LOGGED_AS = "pilot waves"

    name = models.CharField(_("wave"), max_length=80)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    findings = models.TextField(_("findings still open"), blank=True, max_length=4000)
    concluded_on = models.DateField(_("concluded on"))

    class Meta:
        verbose_name = _("concluded pilot wave")
        ordering = ("-concluded_on", "-pk")
        constraints = (models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="wave_outcome_known"),)

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        return Outcome.tones[self.outcome]
