"""Whether the office has what it needs, and who works for it (R-01)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import RoleGrant
from acr_program.workflow.obligations import Obligation

from ..choices import Answer
from .line import Line


class ReadinessItem(Line):
    """One question about infrastructure or resources, with its answer, who sees to it and by when (R-01)."""

    LOGGED_AS = "readiness"

    question = models.CharField(_("question"), max_length=200)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, default=Answer.OPEN)
    words = models.CharField(_("what is there, or what has to be allocated"), max_length=400, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who sees to it")
    )
    due_on = models.DateField(_("by"))

    class Meta:
        verbose_name = _("question of readiness")
        ordering = ("due_on", "pk")
        constraints = (models.CheckConstraint(condition=Q(answer__in=Answer.values), name="readiness_answer_known"),)

    def __str__(self) -> str:
        return self.question


class RosterQuerySet(models.QuerySet[Any]):
    def for_table(self) -> RosterQuerySet:
        """Each with how much waits for the person now: by name, and for whoever holds a role of theirs (P-20)."""
        roles = RoleGrant.objects.filter(person=OuterRef(OuterRef("person"))).values("role")
        waiting = Obligation.objects.open().filter(Q(person=OuterRef("person")) | Q(person=None, role__in=roles))
        counted = waiting.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
        load = Coalesce(Subquery(counted), 0)
        found: RosterQuerySet = self.select_related("person").annotate(load=load)
        return found


class RosterEntry(Line):
    """Somebody who works for the office, with the share of their time."""

    LOGGED_AS = "roster"

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    part = models.CharField(_("what they do"), max_length=120)
    share = models.PositiveSmallIntegerField(_("share of their time in per cent"))

    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the roster")
        ordering = ("person__name", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=100), name="roster_share_in_per_cent"),
        )

    def __str__(self) -> str:
        return self.person.name
