"""An account's way through the programme, from its nomination to where it leaves (K-06 to K-20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.models import Account
from acr_program.people.choices import Role
from acr_program.people.folding import folded
from acr_program.people.models import User
from acr_program.people.roles import program_managers, the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.book import once
from acr_program.workflow.errors import Refused
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..calendar import a_year_after, months_after
from ..choices import BEFORE_PANEL, HOLDING, LIVE
from ..choices import MembershipStatus as S
from .memberships import MembershipQuerySet
from .programme import Programme, Tier, the_programme
from .round import COMMENT, NominationRound
from .words import programme_words

TO_DECIDE = Await(_("Pass it through the first filter, or veto it"), Role.MANAGER, "pass_filter", days=10)
TO_INCUBATE = Await(_("Start the incubation"), Role.MANAGER, "start_incubation", days=10)
AGAIN = "keyaccounts.forms.incubation.AgainForm"
OUTCOME: dict[str, Any] = {
    "by": [rules.chair], "needs": [rules.has_chair], "tells": [rules.the_owner, rules.the_managers], "form": COMMENT,
}  # fmt: skip


class Membership(Machine):
    """One account's way through the programme; at most one of an account is live.

    `incubations` counts its periods of incubation, `incubating_until` is the day on which the one that runs is over,
    `key_since` the day it last got the status, `re_review_on` the day of the next re-review, `barred_until` the first day on
    which it may be nominated again (K-15), `missing` the proof that the panel still asks for (K-16), `exception` why the panel
    was called before the year was over (K-11), `handover` the plan by which it goes back to an ordinary account (K-20).
    """

    STATES = S
    READS = ("account__manager__reports_to", "round", "tier", "nominated_by")
    DERIVES = ("search",)
    BEGINS_AWAITS = (TO_DECIDE,)
    BEGINS_TELLS = (rules.the_managers, rules.the_owner)
    BEGINS_MAIL = "nominated"

    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships", verbose_name=_("account"))
    round = models.ForeignKey(NominationRound, models.PROTECT, related_name="memberships", verbose_name=_("round"))
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("nominated by")
    )
    nomination = models.TextField(_("why it is nominated"), max_length=4000)
    tier = models.ForeignKey(
        Tier, models.PROTECT, null=True, related_name="memberships", editable=False, verbose_name=_("tier")
    )
    incubations = models.PositiveSmallIntegerField(_("incubations"), default=0, editable=False)
    incubating_until = models.DateField(_("incubates until"), null=True, editable=False)
    exception = models.TextField(
        _("why the panel met before the year was over"), max_length=4000, blank=True, editable=False
    )
    missing = models.JSONField(_("proof still missing"), default=list, editable=False)
    key_since = models.DateField(_("in the programme since"), null=True, editable=False)
    re_review_on = models.DateField(_("next re-review"), null=True, editable=False)
    barred_until = models.DateField(_("may be nominated again from"), null=True, editable=False)
    reason = models.TextField(_("why"), max_length=4000, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("decided by")
    )  # fmt: skip
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    handover = models.TextField(_("hand-over plan"), max_length=8000, blank=True, editable=False)
    search = models.CharField(max_length=400, editable=False, default="")
    status = FSMField(_("status"), choices=S.choices, default=S.NOMINATED, protected=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="membership_status_known"),
            models.CheckConstraint(condition=~Q(nomination=""), name="membership_says_why_nominated"),
            models.CheckConstraint(
                condition=~Q(status=S.KEY_ACCOUNT)
                | Q(tier__isnull=False, key_since__isnull=False, re_review_on__isnull=False),
                name="membership_holds_a_tier_and_its_next_day",
            ),
            models.UniqueConstraint(fields=["account", "round"], name="membership_once_a_round"),
            models.UniqueConstraint(
                fields=["account"], condition=Q(status__in=LIVE), name="membership_one_live_an_account"
            ),
        )
        indexes = (
            models.Index(fields=["status", "re_review_on", "id"], name="membership_by_re_review"),
            models.Index(fields=["account", "status"], name="membership_of_account"),
        )

    def __str__(self) -> str:
        return gettext("%(account)s: %(word)s") % {"account": self.account.name, "word": programme_words().one}

    def get_absolute_url(self) -> str:
        return address_of("keyaccounts:membership", self.pk)

    def get_status_display(self) -> str:  # type: ignore[no-redef]
        """The state in the programme's own words (K-04)."""
        return programme_words().title if self.status == S.KEY_ACCOUNT else str(S(self.status).label)

    @property
    def status_label(self) -> str:
        """The same, for badges."""
        return self.get_status_display()

    def derive(self) -> None:
        self.search = folded(self.account.name, self.account.code)

    @property
    def programme(self) -> Programme:
        return the_programme()

    @property
    def chair_id(self) -> int | None:
        """Who carries out what the panel decided: whoever chaired it for this account, else the programme's chair."""
        known = self.panels if self.is_before_panel else ()
        chaired: int | None = next((review.chair_id for review in known if review.chair_id), None)
        return chaired or self.usual_chair_id

    @property
    def usual_chair_id(self) -> int | None:
        """The programme's chair; a page reads the key with its row."""
        if "usual_chair" not in vars(self):
            return self.programme.chair_id
        found: int | None = vars(self)["usual_chair"]
        return found

    @property
    def panels(self) -> list[Any]:
        """Every panel that looks or looked at it, the last first; read once for a page or a click, without their packets."""
        rows = self.panel_reviews.select_related("session", "chair").defer("packet").order_by("-pk")
        return once(f"panels of membership {self.pk}", lambda: list(rows))

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def is_barred(self) -> bool:
        """Whether it was not selected so lately that the account cannot be nominated yet (K-15)."""
        return self.barred_until is not None and localdate() < self.barred_until

    @property
    def tier_now(self) -> Tier | None:
        """The tier it has now. Back in incubation `tier` is the one that it had: kept for the record, but not held (K-19)."""
        tier: Tier | None = self.tier if self.status in HOLDING else None
        return tier

    @property
    def is_before_panel(self) -> bool:
        return self.status in BEFORE_PANEL

    def decide(self, by: User, reason: str) -> None:
        self.decided_by, self.decided_on, self.reason = by, localdate(), reason

    def incubate(self, starts_on: date | None = None) -> None:
        """One more period of one year (K-11)."""
        self.incubations += 1
        self.incubating_until = a_year_after(starts_on or localdate())
        self.exception = ""

    # The nomination

    @step(
        status, S.NOMINATED, S.VETOED, label=_("Veto"), by=[rules.vetoers], form=COMMENT, kind="danger",
        tells=[rules.the_owner, rules.the_nominator, rules.the_managers],
    )  # fmt: skip
    def veto(self, *, by: User, comment: str) -> None:
        """Final for the round, whatever the filter would say; it may be nominated again in another (K-07)."""
        self.decide(by, comment)

    @step(
        status, S.NOMINATED, S.FILTERED_OUT, label=_("Does not pass the filter"), by=[program_managers], form=COMMENT,
        kind="quiet", tells=[rules.the_owner, rules.the_nominator],
    )  # fmt: skip
    def fail_filter(self, *, by: User, comment: str) -> None:
        """The scorecard says on what (K-08)."""
        self.decide(by, comment)

    @step(
        status, S.NOMINATED, S.INCUBATOR_NOMINATED, label=_("Passes the filter"), by=[program_managers],
        tells=[rules.the_owner, rules.the_nominator], awaits=[TO_INCUBATE],
    )  # fmt: skip
    def pass_filter(self, *, by: User) -> None:
        """The first filter is passed: it is nominated to incubate (K-08, K-10)."""
        self.decide(by, "")

    # Incubation

    @step(
        status, S.INCUBATOR_NOMINATED, S.INCUBATING, label=_("Start the incubation"), by=[program_managers],
        tells=[rules.the_owner], form="keyaccounts.forms.incubation.StartForm",
    )  # fmt: skip
    def start_incubation(
        self, *, by: User, starts_on: date | None = None, money: Decimal | int = 0, days: Decimal | int = 0
    ) -> None:
        """One year from this day, with an allowance of money and people-days (K-10, K-11, K-12)."""
        self.incubate(starts_on)

    @step(
        status, S.INCUBATING, S.IN_PANEL_REVIEW, label=_("Call the panel"), by=[the_clock, program_managers],
        form="keyaccounts.forms.rounds.CallPanelForm", tells=[rules.the_owner],
    )  # fmt: skip
    def call_panel(self, *, by: User, comment: str = "") -> None:
        """At the year's end, or before it with the reason on record (K-11)."""
        early = self.incubating_until is not None and localdate() < self.incubating_until
        if early and not comment:
            raise Refused(gettext("The year is not over: say why the panel is called before its end."))
        self.exception = comment if early else ""

    # What the panel decided

    @step(status, S.IN_PANEL_REVIEW, S.NOT_SELECTED, label=_("Not selected"), kind="danger", **OUTCOME)
    def reject(self, *, by: User, comment: str) -> None:
        """It does not make the cut, and cannot be nominated again for a set time (K-15)."""
        self.decide(by, comment)
        self.tier, self.incubating_until = None, None
        self.barred_until = months_after(localdate(), self.programme.barred_months)

    @step(status, S.IN_PANEL_REVIEW, S.INCUBATING, label=_("Incubate again"), **(OUTCOME | {"form": AGAIN}))
    def extend(
        self, *, by: User, comment: str, missing: Sequence[str] = (), money: Decimal | int = 0, days: Decimal | int = 0
    ) -> None:
        """More proof is asked for in a second period: what is missing is listed (K-16)."""
        self.decide(by, comment)
        self.missing = list(missing)
        self.incubate()

    @step(status, S.IN_PANEL_REVIEW, S.KEY_ACCOUNT, label=_("Qualifies"), **OUTCOME)
    def qualify(self, *, by: User, comment: str, tier: Any = None) -> None:
        """The tier is granted, and the day of the first re-review set (K-17)."""
        self.decide(by, comment)
        self.hold(tier or Tier.objects.first())
        self.key_since = localdate()

    def hold(self, tier: Any) -> None:
        """It has the status for another year."""
        if tier is None:
            raise Refused(gettext("There is no tier yet: write one down among the settings of the programme."))
        self.tier, self.missing, self.incubating_until = tier, [], None
        self.re_review_on = a_year_after(localdate())

    # The yearly re-review

    @step(
        status, S.KEY_ACCOUNT, S.IN_RE_REVIEW, label=_("Open the re-review"), by=[the_clock, program_managers],
        tells=[rules.the_owner],
    )  # fmt: skip
    def open_re_review(self, *, by: User) -> None:
        """Each year it is asked whether the account still deserves its status (K-21, N9.7)."""

    @step(status, S.IN_RE_REVIEW, S.KEY_ACCOUNT, label=_("Maintained"), **OUTCOME)
    def maintain(self, *, by: User, comment: str) -> None:
        """The status is renewed, with the day of the next re-review (K-18)."""
        self.decide(by, comment)
        self.hold(self.tier)

    @step(status, S.IN_RE_REVIEW, S.INCUBATING, label=_("Back to incubation"), **(OUTCOME | {"form": AGAIN}))
    def return_to_incubation(
        self, *, by: User, comment: str, missing: Sequence[str] = (), money: Decimal | int = 0, days: Decimal | int = 0
    ) -> None:
        """It has to prove itself again; that it was in the programme, and since when, stays on record (K-19)."""
        self.decide(by, comment)
        self.missing, self.re_review_on = list(missing), None
        self.incubate()

    @step(status, S.IN_RE_REVIEW, S.DOWN_TIERED, label=_("Down-tier"), kind="danger", **OUTCOME)
    def down_tier(self, *, by: User, comment: str, handover: str = "") -> None:
        """The tier is taken away, with a plan by which it is handed over (K-20)."""
        self.decide(by, comment)
        self.tier, self.re_review_on, self.handover = None, None, handover

    @step(
        status, LIVE, S.WITHDRAWN, label=_("Withdraw"), by=[program_managers, the_clock], form=COMMENT, kind="danger",
        tells=[rules.the_owner, rules.the_managers],
    )  # fmt: skip
    def withdraw(self, *, by: User, comment: str) -> None:
        """It takes no part any more, for the reason given."""
        self.decide(by, comment)
        self.tier, self.re_review_on, self.incubating_until = None, None, None
