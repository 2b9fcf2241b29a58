"""One year of trial: who is tried, since when, by what requirements, and with how much (K-10 to K-13, K-16)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.models import User
from acr_program.people.roles import the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import step

from .. import incubation_rules as rules
from ..choices_incubation import OPEN_CYCLE, SpendingState, WaiverKind
from ..choices_incubation import CycleStatus as S
from .membership import Membership
from .standard import Standard

ZERO = Decimal()
DIGITS: dict[str, Any] = {"max_digits": 12, "decimal_places": 2}


class CycleQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> CycleQuerySet:
        """Whoever may see the membership: a recused member of the panel does not."""
        return self.filter(membership__in=Membership.objects.visible_to(user).order_by().values("pk"))

    def open(self) -> CycleQuerySet:
        return self.filter(status__in=OPEN_CYCLE)

    def for_page(self) -> CycleQuerySet:
        return self.select_related("membership__account__manager", "standard").with_sums().with_asked()

    def for_list(self) -> CycleQuerySet:
        return self.for_page()

    def with_sums(self) -> CycleQuerySet:
        """Each with what is planned, used and lifted, of money and of people-days, in the same query."""
        spent = IncubationCycle._meta.get_field("spendings").related_model
        lifted = IncubationCycle._meta.get_field("waivers").related_model
        sums: dict[str, Any] = {}
        for side in ("money", "days"):
            for state in (SpendingState.PLANNED, SpendingState.USED):
                sums[f"{state}_{side}"] = summed(spent, side, state=state)
            sums[f"lifted_{side}"] = summed(lifted, side, kind=WaiverKind.ALLOWANCE)
        found: CycleQuerySet = self.annotate(**sums)
        return found

    def with_asked(self) -> CycleQuerySet:
        """Each with in how many of its quarters it was measured, answered or not, in the same query."""
        checkpoints: Any = IncubationCycle._meta.get_field("checkpoints").related_model
        count = (
            checkpoints.objects.asked()
            .filter(cycle=OuterRef("pk"))
            .order_by()
            .values("cycle")
            .annotate(n=Count("pk"))
            .values("n")
        )
        asked = Coalesce(Subquery(count, output_field=models.IntegerField()), 0)
        found: CycleQuerySet = self.annotate(quarters_asked=asked)
        return found


def summed(model: Any, side: str, **of: Any) -> Any:
    """The sum of money or days of the rows that hang on the cycle of the outer query; nothing is zero."""
    rows = model.objects.filter(cycle=OuterRef("pk"), **of).order_by().values("cycle")
    field = models.DecimalField(max_digits=16, decimal_places=2)
    return Coalesce(Subquery(rows.annotate(n=Sum(side)).values("n"), output_field=field), Decimal(), output_field=field)


class IncubationCycle(Machine):
    """One incubation of an account: numbered, one year long, with an allowance of money and people-days.

    `money` (in the company's currency) and `days` (people-days) are what it was granted; what an executive lifted by name
    comes on top. `missing` is the proof that the panel still asked for when it sent the account here (K-16).
    """

    STATES = S
    LOCKS = "membership"
    READS = ("membership__account__manager__reports_to", "standard")

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="cycles", verbose_name=_("membership"))
    number = models.PositiveSmallIntegerField(_("number"))
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="cycles", verbose_name=_("requirements"))
    starts_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"))
    money = models.DecimalField(_("money granted"), default=Decimal(), **DIGITS)
    days = models.DecimalField(_("people-days granted"), default=Decimal(), **DIGITS)
    early_reason = models.TextField(_("why the panel was called early"), max_length=4000, blank=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, editable=False)
    outcome = models.CharField(_("what came of it"), max_length=20, blank=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.RUNNING, protected=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("incubation")
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="cycle_status_known"),
            models.CheckConstraint(condition=Q(number__gte=1), name="cycle_numbered_from_one"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="cycle_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(money__gte=0, days__gte=0), name="cycle_allowance_not_below_zero"),
            models.UniqueConstraint(fields=["membership", "number"], name="cycle_number_once"),
            models.UniqueConstraint(
                fields=["membership"], condition=Q(status__in=OPEN_CYCLE), name="cycle_one_open_a_membership"
            ),
        )
        indexes = (
            models.Index(fields=["ends_on", "id"], name="cycle_by_end"),
            models.Index(fields=["status", "ends_on", "id"], name="cycle_by_status"),
        )

    def __str__(self) -> str:
        said = {"account": self.membership.account.name, "number": self.number}
        return gettext("%(account)s, incubation %(number)d") % said

    def get_absolute_url(self) -> str:
        return address_of("keyaccounts:cycle", self.pk)

    @property
    def account_id(self) -> int:
        return self.membership.account_id

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_CYCLE

    @property
    def percent_of_year(self) -> int:
        """How much of the year is over, from 0 to 100."""
        whole = (self.ends_on - self.starts_on).days
        until = min(self.closed_on or localdate(), self.ends_on)
        return round(100 * min(max((until - self.starts_on).days, 0), whole) / whole)

    @step(
        status, S.RUNNING, S.RUNNING, label=_("Lift the limit"), by=[rules.lifts_of_cycle],
        form="keyaccounts.forms.incubation.LiftForm", tells=[rules.who_manages],
    )  # fmt: skip
    def lift(self, *, by: User, comment: str, money: Decimal = ZERO, days: Decimal = ZERO) -> None:
        """So much more than was granted may be taken, under the name of this executive, for this reason (K-12)."""
        said: dict[str, Any] = {"money": money, "days": days, "reason": comment, "by": by}
        waivers: Any = self.waivers
        waivers.create(membership=self.membership, kind=WaiverKind.ALLOWANCE, **said)

    @step(status, S.RUNNING, S.EVIDENCE_DUE, label=_("Ask for the evidence"), by=[the_clock])
    def ask_evidence(self, *, by: User, comment: str = "") -> None:
        """The panel is called: what was measured is brought together; why before the year's end is kept with it (K-11)."""
        self.early_reason = comment if localdate() < self.ends_on else ""

    @step(status, [S.RUNNING, S.EVIDENCE_DUE], S.REVIEWED, label=_("Close the incubation"), by=[the_clock])
    def close(self, *, by: User, outcome: str = "") -> None:
        """It is decided on, or the account has left: nothing more is measured and nothing more spent (K-15)."""
        self.closed_on, self.outcome = localdate(), outcome
