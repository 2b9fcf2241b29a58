"""What stands in the parts of a plan that say where we are: portfolio, findings, worth, people, opportunities (N1 to N3)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact

from ..choices_plan import (
    Chosen,
    FindingKind,
    FindingState,
    Growth,
    Influence,
    OpportunityState,
    Severity,
    Side,
    Voice,
)  # fmt: skip
from .plan_row import MONEY, SHARE, PlanRow, known

USER = settings.AUTH_USER_MODEL


class PortfolioCell(PlanRow):
    """One line of business in one sector of the customer, and why we are in it (N1.1 to N1.5). `margin` in percent."""

    line = models.CharField(_("line of business"), max_length=80)
    sector = models.CharField(_("sector"), max_length=80)
    reason = models.TextField(_("why we are in it"), max_length=2000, blank=True)
    chosen = models.CharField(_("deliberate or inherited"), max_length=12, choices=Chosen.choices)
    margin = models.DecimalField(_("margin, %"), null=True, blank=True, **SHARE)
    growth = models.CharField(_("growth"), max_length=10, choices=Growth.choices, blank=True)
    as_of = models.DateField(_("as of"), default=localdate)

    class Meta(PlanRow.Meta):
        verbose_name = _("cell of the portfolio")
        ordering = ("line", "sector", "pk")
        constraints = (
            known("chosen", Chosen.values, name="cell_chosen_known"),
            known("growth", Growth.values, name="cell_growth_known", empty=True),
            models.UniqueConstraint(fields=["plan", "line", "sector"], name="cell_once_a_plan"),
        )

    def __str__(self) -> str:
        return f"{self.line} · {self.sector}"


class Finding(PlanRow):
    """Something learnt about the customer, with where it is from and when (N2.4, N2.6, N2.7, N3.6, N3.8, N8.2, N8.4)."""

    kind = models.CharField(_("kind"), max_length=10, choices=FindingKind.choices)
    words = models.TextField(_("what we found"), max_length=4000)
    voice = models.CharField(_("stated or assumed"), max_length=8, choices=Voice.choices, blank=True)
    side = models.CharField(_("inside or outside"), max_length=8, choices=Side.choices, blank=True)
    source = models.CharField(_("source"), max_length=160)
    on = models.DateField(_("on"), default=localdate)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity.choices, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=FindingState.choices, default=FindingState.OPEN)
    pinned = models.BooleanField(_("shown in every preparation of a review"), default=False)
    led_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="came_from", verbose_name=_("what it became")
    )

    class Meta(PlanRow.Meta):
        verbose_name = _("finding")
        ordering = ("-pinned", "-on", "-pk")
        constraints = (
            known("kind", FindingKind.values, name="plan_finding_kind_known"),
            known("voice", Voice.values, name="plan_finding_voice_known", empty=True),
            known("side", Side.values, name="plan_finding_side_known", empty=True),
            known("severity", Severity.values, name="plan_finding_severity_known", empty=True),
            known("state", FindingState.values, name="plan_finding_state_known"),
        )
        indexes = (models.Index(fields=["plan", "kind", "id"], name="plan_finding_by_kind"),)

    def __str__(self) -> str:
        return self.words[:80]


class Worth(PlanRow):
    """What the customer is planned to be worth in a period of some months; what it was stands on file (N2.3, N9.1)."""

    begins_on = models.DateField(_("period begins on"))
    months = models.PositiveSmallIntegerField(_("months"), default=3)
    revenue = models.DecimalField(_("planned revenue"), null=True, blank=True, **MONEY)
    margin = models.DecimalField(_("planned margin, %"), null=True, blank=True, **SHARE)
    potential = models.DecimalField(_("potential"), null=True, blank=True, **MONEY)
    source = models.CharField(_("source"), max_length=160)
    as_of = models.DateField(_("as of"), default=localdate)

    class Meta(PlanRow.Meta):
        verbose_name = _("worth of a period")
        ordering = ("begins_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=["plan", "begins_on", "months"], name="worth_once_a_period"),
            models.CheckConstraint(condition=Q(months__in=[3, 12]), name="worth_of_quarter_or_year"),
        )

    def __str__(self) -> str:
        return f"{self.begins_on:%Y-%m}"


class PersonMap(PlanRow):
    """One person at the customer: where they sit, how well we know them, and how we keep in touch (N3.1, N3.2, N8.3).

    `strength` from 0 (nobody of us knows them) to 4 (they speak for us); `rhythm` in days between two contacts. Whoever is taken
    off the contacts of the account stays on the map by name.
    """

    BESIDE = ("contact", "owner")

    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("contact on file")
    )
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    division = models.CharField(_("division of the customer"), max_length=80)
    ours = models.BooleanField(_("deals with our own division"), default=True)
    influence = models.CharField(_("influence"), max_length=10, choices=Influence.choices)
    strength = models.PositiveSmallIntegerField(_("strength, 0 to 4"), default=0)
    owner = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who of us looks after them")
    )
    rhythm = models.PositiveSmallIntegerField(_("in touch every so many days"), null=True, blank=True)
    last_on = models.DateField(_("last in touch on"), null=True, blank=True)
    next_on = models.DateField(_("next contact on"), null=True, blank=True)
    note = models.TextField(_("what to know"), max_length=2000, blank=True)

    class Meta(PlanRow.Meta):
        verbose_name = _("person at the customer")
        ordering = ("division", "name", "pk")
        constraints = (
            known("influence", Influence.values, name="person_influence_known"),
            models.CheckConstraint(condition=Q(strength__lte=4), name="person_strength_to_four"),
        )

    def __str__(self) -> str:
        return self.name


class Opportunity(PlanRow):
    """Something to be developed, linked to the finding it came from, and what became of it (N3.9, N8.4, N9.4)."""

    BESIDE = ("finding", "owner")

    what = models.CharField(_("opportunity"), max_length=200)
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="opportunities", verbose_name=_("found by")
    )
    worth = models.DecimalField(_("worth"), null=True, blank=True, **MONEY)
    owner = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner"))
    due = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=OpportunityState.choices, default=OpportunityState.OPEN)
    result = models.TextField(_("result"), max_length=2000, blank=True)
    gained = models.DecimalField(_("what it brought"), null=True, blank=True, **MONEY)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    class Meta(PlanRow.Meta):
        verbose_name = _("opportunity")
        constraints = (known("state", OpportunityState.values, name="opportunity_state_known"),)

    def __str__(self) -> str:
        return self.what
