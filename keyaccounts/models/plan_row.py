"""What every row of an account plan has in common: whose it is, and what protects two people who change it at once."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User

from ..choices_plan import PartKey
from .plan import AccountPlan

MONEY: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}  # in the company's currency
SHARE: dict[str, Any] = {"max_digits": 5, "decimal_places": 2}  # in percent


def known(field: str, choices: Any, *, name: str, empty: bool = False) -> models.CheckConstraint:
    """The database takes what the list has and nothing else."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": ["", *choices] if empty else list(choices)}), name=name
    )


class PlanRowQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> PlanRowQuerySet:
        """Whoever sees the plan."""
        return self.filter(plan__in=AccountPlan.objects.visible_to(user).order_by().values("pk"))


class PlanRow(models.Model):
    """A row of a plan. It is written by `keyaccounts.plan.writing` alone, under the plan's lock, with a row of the plan's log.

    `revision` counts its changes: whoever changes a row says which they had read, and is shown both where another was faster.
    """

    BESIDE: ClassVar[tuple[str, ...]] = ()  # relations that a list of these rows shows
    ANEW: ClassVar[tuple[str, ...]] = ()  # what next year's plan says anew, where it begins with such a row

    plan = models.ForeignKey(AccountPlan, models.PROTECT, related_name="%(class)s_rows", verbose_name=_("account plan"))
    revision = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("changed by")
    )
    changed_at = models.DateTimeField(_("changed at"), default=now, editable=False)

    objects = PlanRowQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar[tuple[str, ...]] = ("pk",)


class Part(PlanRow):
    """One of the nine parts of a plan: what it says in words, and when anything in it was last touched (N4.1)."""

    key = models.CharField(_("part"), max_length=14)
    text = models.TextField(_("in words"), max_length=8000, blank=True)
    touched_at = models.DateTimeField(_("last touched"), null=True, editable=False)
    touched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("touched by")
    )  # fmt: skip

    class Meta(PlanRow.Meta):
        verbose_name = _("part of an account plan")
        constraints = (models.UniqueConstraint(fields=["plan", "key"], name="plan_part_once"),)

    def __str__(self) -> str:
        return str(PartKey(self.key).label) if self.key in PartKey.values else self.key
