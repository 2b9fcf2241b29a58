"""Who approves an account's reviews after the account manager's own leader, in which order."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Designation(models.Model):
    """One leader designated for one account; kept in the account's log (actions/designating.py)."""

    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="designations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(_("place in the order"), default=0)

    class Meta:
        verbose_name = _("designation")
        db_table = "accounts_account_designated_leaders"
        ordering = ("place", "pk")
        unique_together = (("account", "user"),)

    def __str__(self) -> str:
        return f"{self.account}: {self.place}. {self.user}"
