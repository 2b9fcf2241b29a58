"""What somebody is still typing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User


class DraftQuerySet(models.QuerySet["Draft"]):
    def keep(self, person: User, form: str, data: dict[str, Any]) -> Draft:
        """Keep what this person has typed into this form so far."""
        return self.update_or_create(person=person, form=form, defaults={"data": data})[0]

    def typed(self, person: User, form: str) -> dict[str, Any]:
        """What this person had typed, or nothing."""
        draft = self.filter(person=person, form=form).first()
        return draft.data if draft else {}

    def drop(self, person: User, form: str) -> None:
        self.filter(person=person, form=form).delete()


class Draft(models.Model):
    """One person's unfinished answers to one form; not logged, nobody else sees it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=80)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        constraints = (models.UniqueConstraint(fields=["person", "form"], name="draft_once_a_form"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.form}"
