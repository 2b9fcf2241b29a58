"""What was chosen, as it was looked at; what became of each row; and the job that works them off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from acr_program.jobs.models import Job

from .acts import Act, act_of
from .choices import Outcome


class BulkQuerySet(models.QuerySet["Bulk"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(person_id=user.pk)

    def results_of(self, user: Any) -> Self:
        """What this person set going, newest first, with how its rows stand: one query."""
        rows = self.filter(person=user).exclude(confirmed_at=None).select_related("content_type")
        counts = {name: Count("rows", filter=Q(rows__outcome=name)) for name in Outcome.values}
        return rows.annotate(**counts).order_by("-made_at", "-pk")


class Bulk(models.Model):
    """One act on many rows, by one person: looked at first, then confirmed, then worked off."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    act = models.CharField(max_length=30, default="step")
    step = models.CharField(max_length=60, blank=True)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=40, blank=True)
    query = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=now)
    confirmed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = BulkQuerySet.as_manager()

    class Meta:
        verbose_name = _("act on many rows")
        indexes = (models.Index(fields=["person", "-made_at"], name="bulk_of_person"),)

    def __str__(self) -> str:
        return self.kind.title(self)

    def get_absolute_url(self) -> str:
        return reverse("bulk:bulk", args=[self.pk])

    @property
    def model(self) -> Any:
        return self.content_type.model_class()

    @property
    def kind(self) -> Act:
        return act_of(self.act)

    @property
    def at_work(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None


class BulkRow(models.Model):
    """One row: the version it was looked at, what would become of it, and what did."""

    bulk = models.ForeignKey(Bulk, models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    object_id = models.PositiveBigIntegerField()
    label = models.CharField(max_length=250)
    url = models.CharField(max_length=300, blank=True)
    before = models.CharField(max_length=60, blank=True)
    seen = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    says = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("row of an act on many")
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=["bulk", "object_id"], name="bulk_row_once"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="bulk_outcome_known"),
        )
        indexes = (models.Index(fields=["bulk", "outcome", "place", "id"], name="bulk_row_by_outcome"),)

    def __str__(self) -> str:
        return self.label


class BulkRun(Job):
    """One lease's worth of rows; what is left over goes to the next."""

    WALL: ClassVar[timedelta] = timedelta(seconds=20)
    BATCH: ClassVar[int] = 1
    TRIES: ClassVar[int] = 4

    bulk = models.ForeignKey(Bulk, models.CASCADE, related_name="runs")

    class Meta(Job.Meta):
        verbose_name = _("work on many rows")

    def __str__(self) -> str:
        return str(self.bulk)

    @classmethod
    def ask(cls, bulk: Bulk) -> None:
        cls.objects.create(bulk=bulk).ring()

    def work(self) -> None:
        from .working import work

        work(self)

    def on_failed(self) -> None:
        from .working import leave

        leave(self.bulk, str(_("This was given up: the program office sees why.")))
