"""A member's ballot, sealed until one has voted oneself; and who is recused (features 69 and 70, P12)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.models import User
from acr_program.people.roles import the_clock
from acr_program.ui.addresses import address_of
from acr_program.workflow.machine import Machine
from acr_program.workflow.sealed import Sealed, digest_of
from acr_program.workflow.steps import Await, step

from .. import panel_rules as rules
from ..choices_panel import BallotStatus as S
from ..choices_panel import Conflict, Outcome, ReviewStatus
from .panel_review import PanelReview

FORMS = "keyaccounts.forms.panel_vote"


class BallotQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> BallotQuerySet:
        """One's own; all of an account on which one has voted; all once they are released, to whoever sees the panel."""
        seen = PanelReview.objects.visible_to(user).order_by()
        voted = Ballot.objects.filter(member=user.pk, status=S.CAST).order_by().values("review")
        open_ = seen.filter(Q(status=ReviewStatus.RELEASED) | Q(pk__in=voted)).values("pk")
        return self.filter(Q(member=user.pk, review__in=seen.values("pk")) | Q(review__in=open_))


class Ballot(Machine):
    """One member's word on one account: a score for each question, a vote, and why.

    The log has nothing of it but a digest, which the `salt` proves once the ballot is open to be read.
    """

    STATES = S
    LOCKS = "review"
    READS = ("review__membership__account__manager__reports_to", "review__session", "member")
    BEGINS_AWAITS = (Await(_("Vote"), rules.the_member, "cast", days=5, remind=2),)

    review = models.ForeignKey(
        PanelReview, models.PROTECT, related_name="ballots", verbose_name=_("account before a panel")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ballots", verbose_name=_("member")
    )
    scores = models.JSONField(_("scores"), default=dict, editable=False)
    vote = models.CharField(_("vote"), max_length=24, choices=Outcome.choices, blank=True, editable=False)
    words = models.TextField(_("why"), max_length=4000, blank=True, editable=False)
    salt = models.CharField(max_length=32, blank=True, editable=False)
    cast_at = models.DateTimeField(_("cast at"), null=True, editable=False)
    dissent = models.TextField(_("note of dissent"), max_length=4000, blank=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.ASKED, protected=True)
    account_id = None  # the account's own story tells nothing of ballots

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="ballot_status_known"),
            models.CheckConstraint(
                condition=~Q(status=S.CAST) | Q(vote__in=Outcome.values), name="ballot_cast_has_a_vote"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[S.ASKED, S.LAPSED]) | Q(vote="", scores={}), name="ballot_not_cast_has_none"
            ),
            models.UniqueConstraint(fields=["review", "member"], name="ballot_once_a_member"),
        )

    def __str__(self) -> str:
        return str(self.review)

    def get_absolute_url(self) -> str:
        return address_of("keyaccounts:panel-review", self.review_id)

    @property
    def steps_url(self) -> str:
        return f"{address_of('keyaccounts:ballot', self.pk)}steps/"

    @property
    def waits_as(self) -> str:
        return str(self.review)

    @property
    def values(self) -> dict[str, Any]:
        """What was sealed when it was cast."""
        return {"scores": self.scores, "vote": self.vote, "words": self.words}

    @property
    def digest(self) -> str:
        return digest_of(self.salt, self.values)

    @step(
        status, S.ASKED, S.CAST, label=_("Vote"), by=[rules.votes_in_person], form=f"{FORMS}.CastForm",
        needs=[rules.review_votes, rules.not_recused],
    )  # fmt: skip
    def cast(self, *, by: User, ballot: Sealed) -> None:
        """Scores and vote, once: then what the others voted for is open to you."""
        self.scores, self.vote = ballot.values["scores"], ballot.values["vote"]
        self.words, self.salt, self.cast_at = ballot.values["words"], ballot.salt, now()

    @step(
        status, S.CAST, S.CAST, label=_("Note a dissent"), by=[rules.votes_in_person], form=f"{FORMS}.DissentForm",
        needs=[rules.decided_otherwise], kind="quiet",
    )  # fmt: skip
    def note_dissent(self, *, by: User, note: Sealed) -> None:
        """Why one would have decided otherwise; it stands in the minutes."""
        self.dissent = note.values["words"]

    @step(status, S.ASKED, S.LAPSED, label=_("Lapse"), by=[the_clock])
    def lapse(self, *, by: User) -> None:
        """It was decided without this vote."""

    @step(status, [S.ASKED, S.CAST], S.VOID, label=_("Take out of the vote"), by=[the_clock])
    def void(self, *, by: User) -> None:
        """The member is recused: a vote that was given does not count (feature 70)."""


class Recusal(models.Model):
    """One member who takes no part in one account's review, and why; rows are added and never changed."""

    review = models.ForeignKey(PanelReview, models.PROTECT, related_name="recusals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="recusals")
    kind = models.CharField(_("why"), max_length=8, choices=Conflict.choices)
    words = models.CharField(_("in words"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("said by"))
    at = models.DateTimeField(_("said at"), default=now)

    class Meta:
        verbose_name = _("recusal")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=Conflict.values), name="recusal_kind_known"),
            models.UniqueConstraint(fields=["review", "person"], name="recusal_once_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"
