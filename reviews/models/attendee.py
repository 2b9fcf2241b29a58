"""Who is to be at a meeting and who came, of both sides; and what was written down there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from ..choices import Side
from .follow_up import FollowUp
from .meeting import Meeting


class Attendee(models.Model):
    """Somebody at the table: one of ours, a contact of the account, or anybody of the customer's by name.

    Name and address are kept as they were then, so that the record stays true when a contact leaves.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    side = models.CharField(_("side"), max_length=3, choices=Side.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="meetings")
    contact = models.ForeignKey("accounts.Contact", models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    invited = models.BooleanField(_("invited"), default=False)  # has the calendar file, and is told of every change
    came = models.BooleanField(_("came"), null=True)

    class Meta:
        verbose_name = _("attendee")
        ordering = ("side", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(side__in=Side.values), name="attendee_side_known"),
            models.CheckConstraint(condition=Q(person=None) | Q(side=Side.US), name="attendee_person_is_ours"),
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False), name="attendee_person_once"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_ours(self) -> bool:
        return self.side == Side.US

    @property
    def identity(self) -> tuple[Any, ...]:
        """By which somebody is the same in the plan before and the plan after."""
        return (self.person_id,) if self.person_id else (self.name, self.email)


class Note(models.Model):
    """One line written down at the table; marked, it has become a follow-up (feature 62)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="notes")
    text = models.CharField(_("note"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("written at"), default=now)
    follow_up = models.OneToOneField(FollowUp, models.PROTECT, null=True, blank=True, related_name="noted_in")

    class Meta:
        verbose_name = _("note of a meeting")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text
