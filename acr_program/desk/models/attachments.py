"""Attachments: files that people put beside a record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from acr_program.files.models import StoredFile

from .beside import Beside, BesideQuerySet


class Attachment(Beside):
    """One file under the name it came with; taken away, it says by whom, and is handed out no more."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=170)
    kind = models.CharField(_("kind"), max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attachments")
    at = models.DateTimeField(_("attached at"), default=now)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    objects = BesideQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(removed_at=None, removed_by=None)
                | models.Q(removed_at__isnull=False, removed_by__isnull=False),
                name="attachment_removed_by_somebody",
            ),
        )
        indexes = (models.Index(fields=["content_type", "object_id", "-at", "-id"], name="attachment_of_object"),)

    def __str__(self) -> str:
        return self.name
