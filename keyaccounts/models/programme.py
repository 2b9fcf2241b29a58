"""What the company calls its programme, how it runs, and the tiers it grants (K-04, K-15, K-17)."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from acr_program.charter.models import Line
from acr_program.people.models import User
from acr_program.workflow.book import once

KEY, NATIONAL, MAJOR = "key account", "national account", "major account"


class Words(NamedTuple):
    """What one account of the programme is called, what many are, and the same at the beginning of a sentence (K-04)."""

    one: str
    many: str
    is_written: bool = False  # whether the programme has been written down

    @property
    def title(self) -> str:
        return self.one[:1].upper() + self.one[1:]

    @property
    def titles(self) -> str:
        return self.many[:1].upper() + self.many[1:]


class Programme(Line):
    """The one key-account programme, written down by the program manager and logged with the program.

    `barred_months` is for how long a rejected account cannot be nominated again, `nomination_days` how long a quarter's
    nominations are open, `quorum` how many members of a panel have to vote at least.
    """

    LOGGED_AS = "key-account programme"

    name = models.CharField(_("one of its accounts is called"), max_length=40, default=KEY)
    plural = models.CharField(_("many of them are called"), max_length=40, default="key accounts")
    nomination_days = models.PositiveSmallIntegerField(_("days for nominations each quarter"), default=30)
    barred_months = models.PositiveSmallIntegerField(
        _("months until a rejected account may be nominated again"), default=12
    )
    quorum = models.PositiveSmallIntegerField(_("members of a panel who have to vote"), default=3)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chair of the panel")
    )  # fmt: skip

    class Meta:
        verbose_name = _("key-account programme")
        constraints = (
            models.UniqueConstraint(fields=["program"], name="programme_is_one"),
            models.CheckConstraint(
                condition=Q(nomination_days__gte=1, nomination_days__lte=85),
                name="programme_nominations_end_in_the_quarter",
            ),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="programme_quorum_from_one"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> Words:
        return Words(self.name, self.plural)


class TierQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> TierQuerySet:
        return self


class Tier(Line):
    """A level within the programme; the first rank is the highest."""

    LOGGED_AS = "tiers of key accounts"

    name = models.CharField(_("tier"), max_length=40, unique=True)
    rank = models.PositiveSmallIntegerField(_("rank"), default=1, help_text=_("1 is the highest."))
    meaning = models.TextField(_("what it means for the customer"), max_length=1000, blank=True)

    objects = TierQuerySet.as_manager()

    class Meta:
        verbose_name = _("tier")
        ordering = ("rank", "name", "pk")

    def __str__(self) -> str:
        return self.name


def the_programme() -> Programme:
    """The one programme, read once for a page or a click; as it would begin, where nobody has written it down."""
    found = once("key-account programme", Programme.objects.select_related("chair").first)
    return found or Programme()
