"""Who is best in class at presenting reviews, and whom they bring along (G-13, G-14)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .line import Line


class Champion(Line):
    """A leader or representative whom others learn from, with the reason and a review that shows it."""

    LOGGED_AS = "champions"

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="champion", verbose_name=_("person")
    )
    reason = models.CharField(_("why they"), max_length=400)
    example = models.CharField(_("a review that shows it"), max_length=200)

    class Meta:
        verbose_name = _("champion")
        ordering = ("person__name", "pk")

    def __str__(self) -> str:
        return self.person.name


class Companion(Line):
    """Somebody whom a champion brings along, with how often the two have spoken."""

    LOGGED_AS = "companions"

    champion = models.ForeignKey(Champion, models.CASCADE, related_name="companions", verbose_name=_("champion"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("whom"))
    contacts = models.PositiveSmallIntegerField(_("contacts so far"), default=0)

    class Meta:
        verbose_name = _("companion")
        ordering = ("champion__person__name", "person__name", "pk")
        constraints = (models.UniqueConstraint(fields=["champion", "person"], name="companion_once"),)

    def __str__(self) -> str:
        return self.person.name
