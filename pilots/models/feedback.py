"""What a pilot says of each thing it tested (P-02)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from ..choices import BEST_SCORE
from .aspect import Aspect
from .candidate import PilotCandidate


class Rating(models.Model):
    """One step or tool rated by one pilot's account manager, from 1 to 5, in words as well."""

    candidate = models.ForeignKey(PilotCandidate, models.CASCADE, related_name="ratings")
    aspect = models.ForeignKey(Aspect, models.PROTECT, related_name="ratings")
    score = models.PositiveSmallIntegerField(_("score"))
    words = models.TextField(_("in words"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("said at"), default=now)

    class Meta:
        verbose_name = _("rating")
        ordering = ("aspect", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=BEST_SCORE), name="rating_score_in_scale"),
            models.UniqueConstraint(fields=["candidate", "aspect"], name="rating_once_a_pilot"),
        )

    def __str__(self) -> str:
        return f"{self.aspect}: {self.score}"
