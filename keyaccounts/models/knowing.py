"""Whether the customer knows what it gets: not told, told, confirmed; who, when and how (K-02)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.models import User
from acr_program.people.roles import the_clock, the_customer
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import step

from .. import value_rules as rules
from ..choices_value import KnowingStatus as S
from ..choices_value import Way
from ..value_seen import seen_memberships
from .proposition import Proposition

FORMS = "keyaccounts.forms.statements"


class KnowingQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> KnowingQuerySet:
        """Whoever sees the account's way through the programme."""
        return self.filter(membership__in=seen_memberships(user))

    def for_page(self) -> KnowingQuerySet:
        return self.select_related(
            "membership__account__manager__reports_to", "membership__tier", "proposition__tier", "proposition__account",
            "told_by",
        )  # fmt: skip

    def for_list(self) -> KnowingQuerySet:
        return self.for_page()


class Knowing(Machine):
    """How far one customer knows the value it gets: what it was told last, by whom, and who there confirmed it."""

    STATES = S
    LOCKS = "membership"
    READS = ("membership__account__manager__reports_to", "proposition__tier", "proposition__account")

    membership = models.OneToOneField(
        "keyaccounts.Membership", models.PROTECT, related_name="knowing", verbose_name=_("membership")
    )
    proposition = models.ForeignKey(
        Proposition, models.PROTECT, null=True, related_name="known_by", editable=False,
        verbose_name=_("value proposition"),
    )  # fmt: skip
    told_to = models.CharField(_("told to"), max_length=160, blank=True, editable=False)
    told_on = models.DateField(_("told on"), null=True, editable=False)
    told_how = models.CharField(_("told how"), max_length=8, choices=Way.choices, blank=True, editable=False)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("told by")
    )
    confirmed_by = models.CharField(_("confirmed by"), max_length=160, blank=True, editable=False)
    confirmed_on = models.DateField(_("confirmed on"), null=True, editable=False)
    confirmed_how = models.CharField(_("confirmed how"), max_length=8, choices=Way.choices, blank=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.UNKNOWN, protected=True)

    objects = KnowingQuerySet.as_manager()

    class Meta:
        verbose_name = _("what the customer knows")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="knowing_status_known"),
            models.CheckConstraint(
                condition=Q(told_how__in=["", *Way.values]) & Q(confirmed_how__in=["", *Way.values]),
                name="knowing_ways_known",
            ),
            models.CheckConstraint(
                condition=Q(status=S.UNKNOWN) | (Q(told_on__isnull=False) & ~Q(told_to="") & ~Q(told_how="")),
                name="knowing_told_says_whom",
            ),
            models.CheckConstraint(
                condition=~Q(status=S.CONFIRMED)
                | (Q(confirmed_on__isnull=False) & ~Q(confirmed_by="") & ~Q(confirmed_how="")),
                name="knowing_confirmed_says_who",
            ),
        )

    def __str__(self) -> str:
        return gettext("What %(account)s knows") % {"account": self.membership.account.name}

    def get_absolute_url(self) -> str:
        return address_of("keyaccounts:knowing", self.pk)

    @property
    def account_id(self) -> int:
        account: int = self.membership.account_id
        return account

    @property
    def in_a_sentence(self) -> str:
        return str(self)

    @property
    def waiter(self) -> User | None:
        manager: User | None = self.membership.account.manager
        return manager

    @step(
        status, [S.UNKNOWN, S.TOLD, S.CONFIRMED], S.TOLD, label=_("It was told"), by=[rules.account_side, the_clock],
        form=f"{FORMS}.ToldForm",
    )  # fmt: skip
    def tell(self, *, by: User, whom: str, how: str, on: date | None = None, proposition: Any = None) -> None:
        """Somebody at the customer was told what it gets; what was confirmed before was of something else."""
        self.told_to, self.told_how, self.told_on, self.told_by = whom, how, on or localdate(), by
        self.proposition = proposition or Proposition.objects.of(self.membership)
        self.confirmed_by, self.confirmed_on, self.confirmed_how = "", None, ""

    @step(
        status, S.TOLD, S.CONFIRMED, label=_("The customer confirmed it"),
        by=[rules.account_side, the_clock, the_customer], form=f"{FORMS}.ConfirmedForm",
    )  # fmt: skip
    def confirm(self, *, by: User, who: str, how: str, on: date | None = None, comment: str = "") -> None:
        """Somebody at the customer says that they know what it gets: by the link, or to us."""
        self.confirmed_by, self.confirmed_how, self.confirmed_on = who, how, on or localdate()
