"""What an incubation takes of its allowance, what an executive lifts by name, and the proof that is missing (K-12, K-16, M17)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User
from acr_program.ui.phrases import number

from ..choices_incubation import SpendingState, WaiverKind
from .cycle import DIGITS, IncubationCycle
from .membership import Membership


class SpendingQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> SpendingQuerySet:
        return self.filter(cycle__in=IncubationCycle.objects.visible_to(user).order_by().values("pk"))

    def for_page(self) -> SpendingQuerySet:
        return self.select_related("cycle__membership__account__manager", "by")


class Spending(models.Model):
    """Money and people-days planned for an incubation, or used by it."""

    cycle = models.ForeignKey(IncubationCycle, models.PROTECT, related_name="spendings", verbose_name=_("incubation"))
    what = models.CharField(_("what for"), max_length=160)
    money = models.DecimalField(_("money"), default=Decimal(), **DIGITS)
    days = models.DecimalField(_("people-days"), default=Decimal(), **DIGITS)
    on = models.DateField(_("on"), default=localdate)
    state = models.CharField(_("state"), max_length=8, choices=SpendingState.choices, default=SpendingState.PLANNED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by"))
    at = models.DateTimeField(_("written at"), default=now)

    objects = SpendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("spending")
        ordering = ("-on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=SpendingState.values), name="spending_state_known"),
            models.CheckConstraint(condition=Q(money__gte=0, days__gte=0), name="spending_not_below_zero"),
            models.CheckConstraint(condition=Q(money__gt=0) | Q(days__gt=0), name="spending_takes_something"),
        )
        indexes = (models.Index(fields=["cycle", "on", "id"], name="spending_of_cycle"),)

    def __str__(self) -> str:
        return self.what

    @property
    def money_said(self) -> str:
        return plainly(self.money)

    @property
    def days_said(self) -> str:
        return plainly(self.days)

    @property
    def is_planned(self) -> bool:
        return self.state == SpendingState.PLANNED


def plainly(amount: Decimal) -> str:
    """An amount with as many decimals as it has: 4,000, not 4,000.00."""
    return number(amount.normalize() if amount % 1 else amount.quantize(Decimal(1)))


class WaiverQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> WaiverQuerySet:
        return self.filter(membership__in=Membership.objects.visible_to(user).order_by().values("pk"))


class Waiver(models.Model):
    """A limit lifted by a senior executive, by name and with a reason; never changed (K-12, K-16).

    Of the allowance it says by how much money and how many people-days; of another incubation which number it allows.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="waivers", verbose_name=_("membership"))
    cycle = models.ForeignKey(
        IncubationCycle, models.PROTECT, null=True, related_name="waivers", verbose_name=_("incubation")
    )
    kind = models.CharField(_("what is lifted"), max_length=10, choices=WaiverKind.choices)
    money = models.DecimalField(_("money more"), default=Decimal(), **DIGITS)
    days = models.DecimalField(_("people-days more"), default=Decimal(), **DIGITS)
    number = models.PositiveSmallIntegerField(_("incubation number"), null=True)
    reason = models.TextField(_("why"), max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("lifted by"))
    at = models.DateTimeField(_("lifted at"), default=now)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("exception")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=WaiverKind.values), name="waiver_kind_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_says_why"),
            models.CheckConstraint(
                condition=Q(kind=WaiverKind.ANOTHER, number__isnull=False, cycle=None, money=0, days=0)
                | (
                    Q(kind=WaiverKind.ALLOWANCE, number=None, cycle__isnull=False, money__gte=0, days__gte=0)
                    & (Q(money__gt=0) | Q(days__gt=0))
                ),
                name="waiver_of_one_kind",
            ),
            models.UniqueConstraint(
                fields=["membership", "number"], condition=Q(kind=WaiverKind.ANOTHER), name="waiver_once_a_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"[:80]

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError("An exception is never changed: record another.")
        super().save(*args, **options)


class ProofQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> ProofQuerySet:
        return self.filter(cycle__in=IncubationCycle.objects.visible_to(user).order_by().values("pk"))

    def for_page(self) -> ProofQuerySet:
        return self.select_related("cycle__membership__account__manager")


class MissingProof(models.Model):
    """One thing that the panel still asks to be shown; and what shows it, once somebody says so (K-16)."""

    cycle = models.ForeignKey(IncubationCycle, models.PROTECT, related_name="proofs", verbose_name=_("incubation"))
    place = models.PositiveSmallIntegerField(_("place"))
    words = models.CharField(_("what is missing"), max_length=300)
    shown = models.TextField(_("what shows it"), max_length=2000, blank=True)
    shown_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("shown by")
    )
    shown_on = models.DateField(_("shown on"), null=True)

    objects = ProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("missing proof")
        ordering = ("cycle", "place", "pk")
        constraints = (models.UniqueConstraint(fields=["cycle", "place"], name="proof_place_once"),)

    def __str__(self) -> str:
        return self.words
