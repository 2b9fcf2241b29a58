"""Who was shown which version: what an approver saw last, and what may be approved from a list."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User

from .approval import Approval
from .document import Document


class SeenQuerySet(models.QuerySet["Seen"]):
    def by(self, person: User) -> Self:
        return self.filter(person=person)

    def before(self, document: Document) -> Self:
        """Earlier versions of the same review, the latest first."""
        same = self.filter(approval__request=document.request_id, approval__document__number__lt=document.number)
        return same.order_by("-approval__document__number", "-pk")


class Seen(models.Model):
    """One person was shown the files of one manifest when asked for one approval; written once, by a form, never by looking."""

    approval = models.ForeignKey(Approval, models.CASCADE, related_name="sightings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(_("digest of the manifest shown"), max_length=64)
    at = models.DateTimeField(_("shown at"), default=now)

    objects = SeenQuerySet.as_manager()

    class Meta:
        verbose_name = _("version shown")
        constraints = (models.UniqueConstraint(fields=["approval", "person"], name="seen_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.digest[:12]}"
