"""Which standard text each version of a document carries, section by section, or what it says in its place (R-06, M20)."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User
from acr_program.workflow.log import LogEntry

from ..choices import DocumentStatus, RequestStatus
from .content import Revision
from .deviation import Deviation
from .document import Document
from .request import ReviewRequest
from .template import Section

DELIVERED = (RequestStatus.DELIVERED, RequestStatus.MET, RequestStatus.CLOSED)


class CarriedQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> CarriedQuerySet:
        return self.filter(document__request__in=ReviewRequest.objects.visible_to(user).values("pk"))

    def delivered(self) -> CarriedQuerySet:
        """What customers have in hand: sealed versions of reviews that reached them."""
        return self.filter(document__status=DocumentStatus.SEALED, document__request__status__in=DELIVERED)

    def for_list(self) -> QuerySet[Any]:
        """With whatever a line of the list says, and who allowed a departure."""
        kind = ContentType.objects.get_for_model(Deviation)
        allowed = LogEntry.objects.filter(content_type=kind, object_id=OuterRef("deviation"), step="allow")
        allowed = allowed.order_by("-pk")
        found: QuerySet[Any] = self.select_related(
            "document__request__account", "document__request__year", "section__template", "revision", "deviation"
        ).annotate(allowed_by=Subquery(allowed.values("by__name")[:1]), allowed_at=Subquery(allowed.values("at")[:1]))
        return found


class Carried(models.Model):
    """One section of one version: the library's revision that it says, or the deviation that it says instead."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="carried")
    section = models.ForeignKey(Section, models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    deviation = models.ForeignKey(Deviation, models.PROTECT, null=True, related_name="+")
    locked = models.BooleanField(_("locked"), default=False)

    objects = CarriedQuerySet.as_manager()

    class Meta:
        verbose_name = _("section carried")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["document", "section"], name="carried_once_a_document"),
            models.CheckConstraint(condition=Q(deviation=None) | Q(locked=False), name="carried_locked_is_standard"),
        )

    def __str__(self) -> str:
        return f"{self.document}: {self.section}"

    def get_absolute_url(self) -> str:
        return self.document.get_absolute_url()
