"""What others ask of an account (pilots, key accounts), and what must be remembered; each with who said so and when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.choices import FactKind

from .account import Account


class Fact(models.Model):
    """Something that holds of an account from a day on, until somebody says that it no longer does (P-08, P-09)."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="facts")
    kind = models.CharField(_("what holds"), max_length=12, choices=FactKind.choices)
    since_on = models.DateField(_("since"))
    reason = models.CharField(_("how it is known"), max_length=400)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("said by"))
    said_at = models.DateTimeField(_("said at"), default=now)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_reason = models.CharField(_("what became of it"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("fact")
        ordering = ("-since_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=FactKind.values), name="fact_kind_known"),
            models.UniqueConstraint(
                fields=["account", "kind"], condition=Q(ended_on__isnull=True), name="fact_holds_once_an_account"
            ),
        )

    def __str__(self) -> str:
        return str(self.get_kind_display())


class PinnedNote(models.Model):
    """Something nobody who prepares a review of this account may forget (N3.6); taken down, it is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="notes")
    text = models.TextField(_("what to remember"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("since"), default=now)
    taken_down_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    taken_down_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("pinned note")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["account", "taken_down_at"], name="note_of_account"),)

    def __str__(self) -> str:
        return self.text[:60]
