"""How far everybody was when a year was closed: kept as it stood then, whatever happens after it (G-16)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User
from acr_program.people.roles import overseers

from .year import ProgramYear


class ScoreQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> ScoreQuerySet:
        """The office and auditors see each; everybody their own, a leader their people's."""
        return self if overseers(user) else self.filter(Q(person=user) | Q(person__reports_to=user))

    def for_page(self) -> ScoreQuerySet:
        return self.select_related("person").order_by("is_leader", "person__name", "pk")


class Score(models.Model):
    """One representative or leader in a closed year; without a target nothing was published to them."""

    year = models.ForeignKey(ProgramYear, models.PROTECT, related_name="scores")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    is_leader = models.BooleanField(_("measured on what their people deliver"))
    target = models.PositiveIntegerField(_("reviews expected"), null=True)
    delivered = models.PositiveIntegerField(_("reviews delivered"))

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("score of a closed year")
        constraints = (models.UniqueConstraint(fields=["year", "person"], name="score_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.delivered}/{self.target}"

    @property
    def tone(self) -> str:
        if self.target is None:
            return "neutral"
        return "good" if self.delivered >= self.target else "warn"
