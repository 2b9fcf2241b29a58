"""By what accounts and their managers are chosen as pilots: the company's own criteria, in versions (P-05)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from acr_program.ui.kept import gettext

from ..choices import RATED, Evidence, Subject


class CriteriaVersion(models.Model):
    """One state of the whole set: every change of a criterion makes a new one, and none is ever changed."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("since"), default=now)
    words = models.CharField(_("what changed"), max_length=400)

    class Meta:
        verbose_name = _("version of the criteria")
        ordering = ("-number",)

    def __str__(self) -> str:
        return gettext("Version %(number)d") % {"number": self.number}

    @property
    def criteria(self) -> models.QuerySet[Criterion]:
        """The wordings that are in force in this version, in their order."""
        begun = Criterion.objects.filter(first__number__lte=self.number)
        return begun.filter(Q(last=None) | Q(last__number__gte=self.number))


class Criterion(models.Model):
    """One criterion in one wording, in force from its first version to its last; reworded, it is another row (P-05)."""

    key = models.SlugField(_("key"), max_length=40)
    about = models.CharField(_("about"), max_length=8, choices=Subject.choices)
    part_of = models.CharField(_("belongs to"), max_length=80)
    title = models.CharField(_("criterion"), max_length=160)
    words = models.TextField(_("what it means here"), max_length=1000)
    evidence = models.CharField(_("what it takes"), max_length=12, choices=Evidence.choices, default=Evidence.WORDS)
    place = models.PositiveSmallIntegerField(_("place"))
    first = models.ForeignKey(CriteriaVersion, models.PROTECT, related_name="+")
    last = models.ForeignKey(CriteriaVersion, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("criterion")
        ordering = ("about", "place", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(about__in=Subject.values), name="criterion_about_known"),
            models.CheckConstraint(condition=Q(evidence__in=Evidence.values), name="criterion_evidence_known"),
            models.UniqueConstraint(fields=["key"], condition=Q(last=None), name="criterion_in_force_once"),
            models.CheckConstraint(condition=Q(last=None) | Q(last__gte=F("first")), name="criterion_ends_after_it_begins"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **options: Any) -> None:
        """A wording is written once; all that is added later is its last version."""
        if not self._state.adding and options.get("update_fields") != ["last"]:
            raise TypeError("A wording of a criterion is never changed: write another.")
        super().save(*args, **options)

    @property
    def rated(self) -> bool:
        """Whether it is judged on a scale from 1 to 5, not by yes or no."""
        return self.evidence in RATED

    @property
    def whom(self) -> str:
        """Whom it is about, inside a sentence."""
        return gettext("the account") if self.about == Subject.ACCOUNT else gettext("the account manager")
