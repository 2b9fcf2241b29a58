"""The four questions of accountability: how many, who does what, how it is measured, which training (G-16 to G-19)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role

from ..choices import Audience
from .line import Line


class Ramp(Line):
    """From a year of the program on, so many reviews for each representative and year, until a later line says more."""

    LOGGED_AS = "ramp"

    nth = models.PositiveSmallIntegerField(_("from which year of the program on"), default=1, unique=True)
    reviews = models.PositiveSmallIntegerField(_("reviews for each representative and year"), default=2)

    class Meta:
        verbose_name = _("target")
        ordering = ("nth",)
        constraints = (models.CheckConstraint(condition=Q(nth__gt=0, reviews__gt=0), name="ramp_counts_from_one"),)

    def __str__(self) -> str:
        return str(_("From year %(nth)d on")) % {"nth": self.nth}


class Duty(Line):
    """What a role does in one step of the process."""

    LOGGED_AS = "duties"

    step = models.CharField(_("step of the process"), max_length=40)
    role = models.CharField(_("who is responsible"), max_length=12, choices=Role.choices)
    words = models.CharField(_("what they do"), max_length=300)

    class Meta:
        verbose_name = _("duty")
        ordering = ("role", "pk")
        constraints = (models.CheckConstraint(condition=Q(role__in=Role.values), name="duty_role_known"),)

    def __str__(self) -> str:
        return self.words


class Metric(Line):
    """One number by which success is measured; `before` is what stood there until the actual was last changed."""

    LOGGED_AS = "metrics"

    name = models.CharField(_("metric"), max_length=120, unique=True)
    definition = models.CharField(_("definition"), max_length=400)
    source = models.CharField(_("source"), max_length=200)
    target = models.CharField(_("target"), max_length=80)
    actual = models.CharField(_("actual"), max_length=80, blank=True)
    before = models.CharField(_("before"), max_length=80, blank=True, editable=False)

    class Meta:
        verbose_name = _("metric")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what stood there, so that the trend can be seen."""
        stood = type(self).objects.filter(pk=self.pk).values_list("actual", flat=True).first() if self.pk else None
        if stood is not None and stood != self.actual:
            self.before = stood
        super().save(*args, **kwargs)


class Training(Line):
    """One training: for whom, and whether somebody without it is ready to hold a meeting (G-19, R-27)."""

    LOGGED_AS = "trainings"

    name = models.CharField(_("training"), max_length=120, unique=True)
    words = models.CharField(_("what is learnt"), max_length=400)
    audience = models.CharField(_("for whom"), max_length=8, choices=Audience.choices, default=Audience.FORCE)
    before_meeting = models.BooleanField(_("needed to hold a meeting"), default=True)

    class Meta:
        verbose_name = _("training")
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="training_audience_known"),
        )

    def __str__(self) -> str:
        return self.name
