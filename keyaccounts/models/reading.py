"""What was measured: a value of one measure in one quarter, with its source and its date (K-05, K-13)."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.quarters import label_of
from acr_program.people.models import User

from .membership import Membership
from .standard import Measure

PLACES = Decimal("0.0001")


def as_kept(value: Any) -> Decimal:
    return Decimal(str(value)).quantize(PLACES, ROUND_HALF_UP)


class ReadingQuerySet(models.QuerySet[Any]):
    def standing(self) -> ReadingQuerySet:
        """Those that no later one has replaced."""
        return self.filter(replaced_at=None)

    def say(
        self, *, membership: Membership, measure: Measure, key: str, quarter_begins_on: date, value: Any, source: str,
        as_of: date, by: User,
    ) -> Any:  # fmt: skip
        """One value, in place of the one that stood; the same again changes nothing."""
        where = {"membership": membership, "key": key, "quarter_begins_on": quarter_begins_on}
        said = {"value": as_kept(value), "source": source[:120], "as_of": as_of}
        before = self.standing().filter(**where).first()
        if before and all(getattr(before, name) == one for name, one in said.items()):
            return before
        if before:
            self.filter(pk=before.pk).update(replaced_at=now())
        return self.create(**where, measure=measure, by=by, **said)


class Reading(models.Model):
    """One value of one measure; a correction keeps the one that stood."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="readings", verbose_name=_("membership"))
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="readings", verbose_name=_("measure"))
    key = models.SlugField(_("key"), max_length=40)
    quarter_begins_on = models.DateField(_("quarter"))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)
    source = models.CharField(_("source"), max_length=120)
    as_of = models.DateField(_("as of"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("taken by"))
    at = models.DateTimeField(_("taken at"), default=now)
    replaced_at = models.DateTimeField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        ordering = ("quarter_begins_on", "key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["membership", "key", "quarter_begins_on"], condition=Q(replaced_at=None),
                name="reading_stands_once_a_quarter",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.key}, {self.label}"

    @property
    def label(self) -> str:
        return label_of(self.quarter_begins_on)
