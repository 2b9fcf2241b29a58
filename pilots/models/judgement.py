"""What was judged of a candidate, by one criterion in one wording, with the evidence that it takes (P-05 to P-14)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from acr_program.desk.models import Attachment

from ..choices import BEST_SCORE, Subject
from .candidate import PilotCandidate
from .criteria import CriteriaVersion, Criterion


class JudgementQuerySet(models.QuerySet[Any]):
    def standing(self) -> JudgementQuerySet:
        """Those that no later one has replaced."""
        return self.filter(replaced_at=None)


class Judgement(models.Model):
    """One criterion judged met or not, by a person, with what they go by; judged again, both are kept.

    `version` is the version of the criteria that the wave was judged by; `person` the account manager judged, where the
    criterion is about them; `on_file` what the facts on file said at that moment.
    """

    candidate = models.ForeignKey(PilotCandidate, models.CASCADE, related_name="judgements")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="judgements")
    version = models.ForeignKey(CriteriaVersion, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    met = models.BooleanField(_("met"))
    score = models.PositiveSmallIntegerField(_("score"), null=True)
    words = models.TextField(_("what it goes by"), max_length=2000, blank=True)
    who = models.CharField(_("who said it"), max_length=160, blank=True)
    day = models.DateField(_("when"), null=True)
    link = models.URLField(_("link to the plan"), max_length=500, blank=True)
    plan = models.ForeignKey(
        Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("the plan, as attached")
    )
    on_file = models.CharField(_("what was on file"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("judged by"))
    at = models.DateTimeField(_("judged at"), default=now)
    replaced_at = models.DateTimeField(null=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = _("judgement")
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=1, score__lte=BEST_SCORE), name="judgement_score_in_scale"
            ),
            models.UniqueConstraint(
                fields=["candidate", "criterion"], condition=Q(replaced_at=None, person=None), name="judgement_stands_once"
            ),
            models.UniqueConstraint(
                fields=["candidate", "criterion", "person"], condition=Q(replaced_at=None, person__isnull=False),
                name="judgement_of_person_stands_once",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.criterion)

    def save(self, *args: Any, **options: Any) -> None:
        """A judgement is written once; all that is added later is that another has replaced it."""
        if not self._state.adding and options.get("update_fields") != ["replaced_at"]:
            raise TypeError("A judgement is never changed: judge again.")
        super().save(*args, **options)

    @property
    def is_of_manager(self) -> bool:
        return self.criterion.about == Subject.MANAGER
