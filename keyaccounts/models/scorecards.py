"""A nomination's scorecard by one version of the first filter, and what people judged on it (K-08, feature 74)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_managers, the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import filter_rules
from ..choices_filter import BEST_SCORE, DECIDED, FilterStatus, Verdict
from ..choices_filter import ScorecardStatus as S
from ..filter_cards import card_of, forget_card
from .filtering import FilterCriterion, FilterVersion
from .membership import Membership

SCORE = Await(_("Score the nomination by the first filter, and confirm it"), Role.MANAGER, "confirm", days=5)


class ScorecardQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> ScorecardQuerySet:
        """Whoever sees the nomination; whoever is recused from it sees neither."""
        seen = Membership.objects.visible_to(user).order_by().filter(pk=OuterRef("membership"))
        return self.filter(Exists(seen))

    def for_page(self) -> ScorecardQuerySet:
        return self.select_related(
            "membership__account__manager__reports_to", "membership__round", "filter", "confirmed_by"
        )

    def for_list(self) -> ScorecardQuerySet:
        return self.select_related("membership__account__manager", "membership__round", "filter", "confirmed_by")

    def decided(self) -> ScorecardQuerySet:
        """Past decisions, with all that a filter is tried out on: two queries whatever their number."""
        scores = Score.objects.standing().select_related("criterion")
        rows = self.filter(status__in=DECIDED).select_related("membership__account", "membership__round", "filter")
        return rows.prefetch_related(Prefetch("scores", scores, to_attr="standing_scores")).order_by("decided_on", "pk")


class Scorecard(Machine):
    """One nomination scored by one version of the filter; it stays under that version whatever follows.

    While it is open, what is on file answers as of today. Confirmed, it keeps in `facts` all that was known on `facts_on`,
    with sources and days, so that nothing that changes later moves it and another version can be tried out on it.
    `total` is in points; `missed` names the must-haves that were not met.
    """

    STATES = S
    LOCKS = "membership"
    READS = ("membership__account__manager", "membership__round", "filter")
    BEGINS_AWAITS = (SCORE,)

    membership = models.OneToOneField(
        Membership, models.PROTECT, related_name="scorecard", verbose_name=_("nomination")
    )
    filter = models.ForeignKey(FilterVersion, models.PROTECT, related_name="scorecards", verbose_name=_("filter"))
    facts = models.JSONField(_("what was on file"), default=dict, editable=False)
    facts_on = models.DateField(_("as of"), null=True, editable=False)
    total = models.DecimalField(_("total"), max_digits=7, decimal_places=1, null=True, editable=False)
    verdict = models.CharField(_("result"), max_length=6, choices=Verdict.choices, blank=True, editable=False)
    missed = models.JSONField(_("must-haves not met"), default=list, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("confirmed by")
    )  # fmt: skip
    confirmed_on = models.DateField(_("confirmed on"), null=True, editable=False)
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.OPEN, protected=True)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        verbose_name = _("scorecard of the first filter")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="scorecard_status_known"),
            models.CheckConstraint(condition=Q(verdict__in=["", *Verdict.values]), name="scorecard_verdict_known"),
            models.CheckConstraint(
                condition=Q(status__in=[S.OPEN, S.DROPPED]) | Q(total__isnull=False, facts_on__isnull=False),
                name="scorecard_confirmed_keeps_its_total",
            ),
        )
        indexes = (models.Index(fields=["status", "decided_on", "id"], name="scorecard_by_decision"),)

    def __str__(self) -> str:
        return gettext("%(account)s by %(filter)s") % {"account": self.membership.account.name, "filter": self.filter}

    def get_absolute_url(self) -> str:
        return address_of("keyaccounts:scorecard", self.pk)

    @property
    def account_id(self) -> Any:
        return self.membership.account_id

    @property
    def is_open(self) -> bool:
        return bool(self.status == S.OPEN)

    @property
    def result(self) -> str:
        """Pass or fail once it is confirmed; empty before."""
        return str(Verdict(self.verdict).label) if self.verdict else ""

    @property
    def has_newer_filter(self) -> bool:
        return bool(self.filter.status != FilterStatus.PUBLISHED) and FilterVersion.objects.in_force() is not None

    @step(
        status, S.OPEN, S.CONFIRMED, label=_("Confirm the scorecard"), by=[program_managers], needs=[filter_rules.all_scored],
        undo="reopen",
    )  # fmt: skip
    def confirm(self, *, by: User) -> None:
        """A person stands for it: what is on file is kept with it as it is now, and nothing moves it any more (K-08)."""
        card = card_of(self)
        self.facts, self.facts_on = card.kept(), localdate()
        self.total, self.verdict = card.standing.lowest, card.standing.verdict
        self.missed = [criterion.title for criterion in card.standing.missed]
        self.confirmed_by, self.confirmed_on = by, localdate()
        forget_card(self)

    @step(
        status, S.CONFIRMED, S.OPEN, label=_("Score it again"), by=[program_managers], kind="quiet", awaits=[SCORE],
        undo="confirm",
    )  # fmt: skip
    def reopen(self, *, by: User) -> None:
        """As long as the nomination is not decided: what is on file counts as of today again."""
        self.facts, self.facts_on, self.total, self.verdict, self.missed = {}, None, None, "", []
        self.confirmed_by = self.confirmed_on = None
        forget_card(self)

    @step(
        status, S.OPEN, S.OPEN, label=_("Score it by the filter in force"), by=[program_managers, the_clock], kind="quiet",
        needs=[filter_rules.has_newer_filter], awaits=[SCORE],
    )  # fmt: skip
    def take_filter(self, *, by: User) -> None:
        """What was judged by the same words stands; what is worded anew is judged anew."""
        in_force = FilterVersion.objects.in_force()
        assert in_force is not None, "The step needs that there is a newer one."
        self.filter = in_force
        forget_card(self)

    @step(status, S.CONFIRMED, S.PASSED, label=_("Passed"), by=[the_clock], kind="quiet")
    def let_pass(self, *, by: User) -> None:
        """The nomination has passed the first filter by it."""
        self.decided_on = localdate()

    @step(status, S.CONFIRMED, S.FAILED, label=_("Failed"), by=[the_clock], kind="quiet")
    def turn_down(self, *, by: User) -> None:
        """The nomination has failed the first filter by it."""
        self.decided_on = localdate()

    @step(status, [S.OPEN, S.CONFIRMED], S.DROPPED, label=_("Not needed any more"), by=[the_clock], kind="quiet")
    def drop(self, *, by: User) -> None:
        """The nomination was vetoed or withdrawn: no filter decides on it."""


class ScoreQuerySet(models.QuerySet[Any]):
    def standing(self) -> ScoreQuerySet:
        """Those that no later one has replaced."""
        return self.filter(replaced_at=None)


class Score(models.Model):
    """One criterion judged from 0 to 5 by a person, with the reason; judged again, both are kept."""

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(FilterCriterion, models.PROTECT, related_name="scores")
    score = models.PositiveSmallIntegerField(_("score"))
    why = models.TextField(_("why"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("judged by"))
    at = models.DateTimeField(_("judged at"), default=now)
    replaced_at = models.DateTimeField(null=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("score")
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=BEST_SCORE), name="score_in_scale"),
            models.UniqueConstraint(
                fields=["scorecard", "criterion"], condition=Q(replaced_at=None), name="score_stands_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"

    def save(self, *args: Any, **options: Any) -> None:
        """A score is written once; all that is added later is that another has replaced it."""
        if not self._state.adding and options.get("update_fields") != ["replaced_at"]:
            raise TypeError("A score is never changed: judge again.")
        super().save(*args, **options)
