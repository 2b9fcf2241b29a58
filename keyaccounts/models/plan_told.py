"""What passes between us and the customer about a plan: the team card, and words that the customer proposes (N7.4, N7.5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from acr_program.ui.kept import gettext

from ..choices_plan import ProposalState
from .plan import AccountPlan, PlanSnapshot
from .plan_row import PlanRow, known

USER = settings.AUTH_USER_MODEL


class TeamCard(models.Model):
    """Who is who on the account team, as it was published: never changed, the newest holds (N7.4, N7.5).

    `content` is a list of roles, each with `title`, `person`, `email`, `phone`, `does` and whether the customer reads it (`shown`).
    """

    plan = models.ForeignKey(AccountPlan, models.PROTECT, related_name="team_cards", verbose_name=_("account plan"))
    number = models.PositiveSmallIntegerField(_("number"))
    content = models.JSONField(_("what it says"))
    made_at = models.DateTimeField(_("published at"), default=now)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("published by"))

    class Meta:
        verbose_name = _("team card")
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["plan", "number"], name="team_card_numbered"),)

    def __str__(self) -> str:
        return gettext("Team card %(number)d") % {"number": self.number}


class Proposal(PlanRow):
    """Other words that the customer proposes for a line of the plan; they stand beside ours until the team answers (feature 78).

    `kind` and `row` say which line (no row: something new), `field` which of its words, `ours` what stood there as they read it.
    """

    BESIDE = ("answered_by",)

    snapshot = models.ForeignKey(PlanSnapshot, models.PROTECT, related_name="proposals", verbose_name=_("version read"))
    kind = models.CharField(_("kind of line"), max_length=40)
    row = models.PositiveBigIntegerField(_("line"), null=True)
    field = models.CharField(_("which words"), max_length=40)
    ours = models.TextField(_("what we wrote"), max_length=4000, blank=True)
    words = models.TextField(_("what they propose"), max_length=4000)
    who = models.CharField(_("who at the customer"), max_length=160)
    made_at = models.DateTimeField(_("proposed at"), default=now)
    state = models.CharField(_("state"), max_length=5, choices=ProposalState.choices, default=ProposalState.OPEN)
    answer = models.TextField(_("our answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)

    class Meta(PlanRow.Meta):
        verbose_name = _("proposal of the customer")
        ordering = ("-pk",)
        constraints = (
            known("state", ProposalState.values, name="proposal_state_known"),
            models.CheckConstraint(
                condition=Q(state=ProposalState.OPEN, answered_at=None)
                | (~Q(state=ProposalState.OPEN) & Q(answered_at__isnull=False)),
                name="proposal_answered_or_open",
            ),
        )
        indexes = (models.Index(fields=["plan", "state", "id"], name="proposal_of_plan"),)

    def __str__(self) -> str:
        return self.words[:80]

    def get_absolute_url(self) -> str:
        return reverse("keyaccounts:plan-proposal", args=[self.plan_id, self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.OPEN
