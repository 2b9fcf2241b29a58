"""One account before a panel: the frozen packet, who votes, what was decided (K-14 to K-20, M14)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import overseers, program_managers, the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.errors import Refused
from acr_program.workflow.machine import Machine
from acr_program.workflow.sealed import Sealed, digest_of
from acr_program.workflow.steps import Await, step

from .. import panel_rules as rules
from ..absent import recused_reviews
from ..choices_panel import LIVE_REVIEWS, OUTCOMES, BallotStatus, Outcome, PanelKind, SessionStatus
from ..choices_panel import ReviewStatus as S
from ..packets import hash_of, packets_of
from ..panel_tally import Tally, tally
from .membership import Membership
from .panel_session import PanelSession

FORMS = "keyaccounts.forms.panel_decision"
TO_SCHEDULE = Await(_("Put the account on the agenda of a panel"), Role.MANAGER, "put_on_agenda", days=10)
TO_DECIDE = Await(_("Decide for the panel"), rules.who_decides, "decide", days=10)


class ReviewQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> ReviewQuerySet:
        """The office, auditors and the members of the panel, except whoever is recused from it, for good (feature 70)."""
        rows = self
        if not overseers(user):
            if not user.has(Role.EXECUTIVE):
                return self.none()
            sits = PanelSession.members.through.objects.filter(user=user.pk).order_by().values("panelsession")
            rows = self.filter(Q(session__in=sits) | Q(status=S.RELEASED))
        return rows.exclude(pk__in=recused_reviews(user)) if user.has(Role.EXECUTIVE) else rows

    def for_page(self) -> ReviewQuerySet:
        """With what hangs on its membership once: its scorecard, and what the customer knows."""
        return self.select_related(
            "membership__account__manager__reports_to", "membership__tier", "session__chair", "session__deputy", "chair",
            "decided_by", "membership__knowing", "membership__scorecard__filter",
        )  # fmt: skip

    def live(self) -> ReviewQuerySet:
        return self.filter(status__in=LIVE_REVIEWS)


class PanelReview(Machine):
    """One account that a panel looks at.

    `packet` is what was known of it when the voting opened, `packet_hash` the hash of that; neither is ever written again.
    `decision` is what the chair decided, held until the session releases it; `salt` proves it against the log.
    `chair` is who chairs for this account: the session's chair, or the deputy where the chair is recused.
    """

    STATES = S
    LOCKS = "membership"
    READS = ("membership__account__manager__reports_to", "session__chair", "session__deputy", "chair")
    BEGINS_AWAITS = (TO_SCHEDULE,)

    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="panel_reviews", verbose_name=_("account before the panel")
    )
    kind = models.CharField(_("what is asked"), max_length=10, choices=PanelKind.choices)
    session = models.ForeignKey(
        PanelSession, models.PROTECT, null=True, related_name="reviews", editable=False, verbose_name=_("panel")
    )
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("chair")
    )
    packet = models.JSONField(_("packet"), default=dict, editable=False)
    packet_hash = models.CharField(max_length=64, blank=True, editable=False)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, editable=False)
    decision = models.JSONField(_("decision"), default=dict, editable=False)
    salt = models.CharField(max_length=32, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("decided by")
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.WAITING, protected=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("account before a panel")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="panel_review_status_known"),
            models.CheckConstraint(condition=Q(kind__in=PanelKind.values), name="panel_review_kind_known"),
            models.CheckConstraint(
                condition=~Q(status__in=[S.VOTING, S.DECIDED, S.RELEASED]) | ~Q(packet_hash=""),
                name="panel_review_votes_on_a_packet",
            ),
            models.UniqueConstraint(
                fields=["membership"], condition=Q(status__in=LIVE_REVIEWS), name="panel_review_one_live"
            ),
        )
        indexes = (models.Index(fields=["session", "status", "id"], name="panel_review_of_session"),)

    def __str__(self) -> str:
        return gettext("%(account)s before the panel") % {"account": self.membership.account.name}

    def get_absolute_url(self) -> str:
        return address_of("keyaccounts:panel-review", self.pk)

    @property
    def account_id(self) -> int:
        found: int = self.membership.account_id
        return found

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What may be voted for."""
        return OUTCOMES[self.kind]

    @property
    def outcome(self) -> str:
        """What was decided; empty before."""
        return str(self.decision.get("outcome", ""))

    def get_outcome_display(self) -> str:
        return str(Outcome(self.outcome).label) if self.outcome else ""

    @cached_property
    def eligible(self) -> list[User]:
        """The members who may vote: who neither manages the account, nor leads its manager, nor said to be in conflict."""
        if self.session is None:
            return []
        said = {recusal.person_id for recusal in self.recusals.all()}
        return [
            one for one in self.session.members.all() if one.pk not in said and rules.conflict_of(one, self) is None
        ]  # fmt: skip

    @property
    def acting_chair(self) -> User | None:
        """The chair where they may vote, else the deputy, else the first of the members who may."""
        able = {person.pk: person for person in self.eligible}
        either = [self.session.chair_id, self.session.deputy_id, *able] if self.session else []
        return next((able[pk] for pk in either if pk in able), None)

    @cached_property
    def votes(self) -> dict[int, str]:
        """The votes that stand, by the key of the member; in a click they are read under its lock."""
        return dict(self.ballots.filter(status=BallotStatus.CAST).values_list("member", "vote"))

    @property
    def tally(self) -> Tally:
        """The votes that stand, counted."""
        outcomes = [outcome.value for outcome in self.outcomes]
        return tally(self.votes.values(), outcomes, self.session.quorum if self.session else 1)

    @property
    def is_proved(self) -> bool:
        """Whether the packet is what its hash says."""
        return self.packet_hash == hash_of(self.packet)

    @property
    def decision_digest(self) -> str:
        return digest_of(self.salt, self.decision)

    @step(
        status, S.WAITING, S.SCHEDULED, label=_("Put on an agenda"), by=[program_managers], form=f"{FORMS}.AgendaForm",
        undo="take_off",
    )  # fmt: skip
    def put_on_agenda(self, *, by: User, session: PanelSession) -> None:
        """A panel that is planned will decide on it; locked, so that it does not open its voting meanwhile."""
        rows = PanelSession.objects.select_for_update(no_key=True)
        self.session = rows.filter(pk=session.pk, status=SessionStatus.PLANNED).first()
        if self.session is None:
            raise Refused(gettext("This panel takes no more accounts: choose one that is planned."))

    @step(
        status, S.SCHEDULED, S.WAITING, label=_("Take off the agenda"), by=[program_managers, the_clock], kind="quiet",
        awaits=[TO_SCHEDULE],
    )  # fmt: skip
    def take_off(self, *, by: User) -> None:
        """It waits for another panel."""
        self.session = None

    @step(status, S.SCHEDULED, S.VOTING, label=_("Open"), by=[the_clock], awaits=[TO_DECIDE])
    def open(self, *, by: User) -> None:
        """The packet is frozen: members vote on what was known at this moment, whatever comes later."""
        self.packet = packets_of(self.session)[self.pk]
        self.packet_hash, self.frozen_at = hash_of(self.packet), now()
        self.chair = self.acting_chair

    @step(
        status, [S.VOTING, S.DECIDED], S.DECIDED, label=_("Decide"), by=[rules.chairs_review],
        form=f"{FORMS}.DecideForm",
        needs=[rules.session_votes, rules.chair_has_voted, rules.no_vote_in_conflict, rules.quorum_reached],
    )  # fmt: skip
    def decide(self, *, by: User, decision: Sealed) -> None:
        """Within what the panel voted for; nobody hears of it before the session releases its decisions."""
        rules.check_decision(self.tally, decision.values)
        self.decision, self.salt = decision.values, decision.salt
        self.decided_by, self.decided_at = by, now()

    @step(status, S.VOTING, S.VOTING, label=_("Pass the chair"), by=[the_clock], awaits=[TO_DECIDE])
    def pass_chair(self, *, by: User) -> None:
        """Whoever chaired is recused: the deputy decides for this account, or another member."""
        self.chair = self.acting_chair

    @step(status, S.DECIDED, S.RELEASED, label=_("Release"), by=[the_clock], needs=[rules.session_releases])
    def release(self, *, by: User) -> None:
        """The decision takes effect, and what each member voted for stands open to whoever may see the panel."""

    @step(status, LIVE_REVIEWS, S.WITHDRAWN, label=_("Withdraw"), by=[the_clock])
    def withdraw(self, *, by: User, comment: str) -> None:
        """The account takes no part any more: there is nothing to decide."""

    def asked(self) -> Sequence[str]:
        return self.session.asked() if self.session else []
