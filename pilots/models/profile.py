"""What an account manager is good at, as the office notes it (P-21)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from acr_program.charter.models import Line


class ManagerProfile(Line):
    """The skills of one account manager; a line of the program, logged with it (P-21)."""

    LOGGED_AS = "skills"

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="manager_profile", verbose_name=_("account manager")
    )
    skills = models.CharField(_("skills"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("skills of an account manager")
        ordering = ("person__name", "pk")

    def __str__(self) -> str:
        return self.person.name
