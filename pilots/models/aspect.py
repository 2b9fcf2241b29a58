"""What of the program a wave is to test: one row for each step of the process and each tool (P-19)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..choices import AspectKind
from .wave import PilotWave


class Aspect(models.Model):
    """One thing that a wave tests; `step` is the step of the process in which it is met, empty where there is none."""

    wave = models.ForeignKey(PilotWave, models.CASCADE, related_name="aspects")
    kind = models.CharField(_("what it is"), max_length=4, choices=AspectKind.choices)
    title = models.CharField(_("what is tested"), max_length=120)
    step = models.CharField(_("step of the process"), max_length=40, blank=True)
    place = models.PositiveSmallIntegerField(_("place"))

    class Meta:
        verbose_name = _("aspect")
        ordering = ("kind", "place", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=AspectKind.values), name="aspect_kind_known"),
            models.UniqueConstraint(fields=["wave", "kind", "title"], name="aspect_once_a_wave"),
        )

    def __str__(self) -> str:
        return self.title
