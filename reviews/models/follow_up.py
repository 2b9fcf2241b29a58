"""What becomes of a commitment: who does what, by when, and how it ended (R-25)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.absent import without_absent
from accounts.models import Account
from acr_program.people.choices import Role
from acr_program.people.folding import folded
from acr_program.people.models import User
from acr_program.people.roles import administrators
from acr_program.ui.addresses import address_of
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import STILL_OPEN, IssueState
from ..choices import FollowUpStatus as S
from .lines import Commitment
from .request import ReviewRequest

FORMS = "reviews.forms.follow_ups"
TO_DO = Await(_("Do what was undertaken, and say what came of it"), rules.the_owner, "finish", by="due_on")
OVERSEE = (Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE)


class FollowUpQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> FollowUpQuerySet:
        """The office and executives see all; whoever undertook it, and whoever sees the review it came from."""
        if user.has(*OVERSEE):
            found: FollowUpQuerySet = without_absent(self, user, "account")
            return found
        own = [user.pk, *user.stands_in_for]
        return self.filter(Q(owner__in=own) | Q(request__in=ReviewRequest.objects.visible_to(user).values("pk")))

    def still_open(self) -> FollowUpQuerySet:
        return self.filter(status__in=STILL_OPEN)

    def for_list(self) -> FollowUpQuerySet:
        return self.select_related("request__account", "request__year", "request__rep", "owner")

    def for_page(self) -> FollowUpQuerySet:
        return self.select_related(
            "account",
            "request__account",
            "request__year",
            "request__rep",
            "owner__reports_to",
            "commitment",
            "noted_in__meeting__request__account",
            "noted_in__meeting__request__year",
        )


class FollowUp(Machine):
    """One thing undertaken for one customer, from a commitment of a review or by hand, until it is done or dropped."""

    STATES = S
    READS = ("account", "request__rep", "request__account", "request__year", "owner__reports_to")
    DERIVES = ("account", "search")

    request = models.ForeignKey(
        ReviewRequest, models.PROTECT, related_name="follow_ups", verbose_name=_("review request")
    )
    account = models.ForeignKey(Account, models.PROTECT, related_name="follow_ups", editable=False)  # the request's
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name=_("for which commitment")
    )  # fmt: skip
    what = models.CharField(_("what"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="follow_ups", verbose_name=_("who does it")
    )
    due_on = models.DateField(_("by when"))
    outcome = models.CharField(_("what came of it"), max_length=400, blank=True)  # the customer reads it next year
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)
    search = models.CharField(max_length=700, editable=False, default="")
    status = FSMField(_("status"), choices=S.choices, default=S.OPEN, protected=True)

    objects = FollowUpQuerySet.as_manager()

    BEGINS_AWAITS = (TO_DO,)

    class Meta:
        verbose_name = _("follow-up")
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="follow_up_status_known"),
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(commitment__isnull=False), name="follow_up_once_a_commitment"
            ),
            models.CheckConstraint(
                condition=Q(status__in=STILL_OPEN, ended_on=None) | (~Q(status__in=STILL_OPEN) & Q(ended_on__isnull=False)),
                name="follow_up_ended_has_day",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(fields=["due_on", "id"], name="follow_up_by_day"),
            models.Index(fields=["status", "due_on", "id"], name="follow_up_by_status"),
            models.Index(fields=["owner", "due_on", "id"], name="follow_up_of_owner"),
            models.Index(fields=["account", "due_on", "id"], name="follow_up_of_account"),
        )

    def __str__(self) -> str:
        return self.what

    def derive(self) -> None:
        self.account = self.request.account
        self.search = folded(self.account.name, self.owner.name, self.what)

    def get_absolute_url(self) -> str:
        return address_of("reviews:follow-up", self.pk)

    @property
    def waits_as(self) -> str:
        return f"{self.what} · {self.request}"

    @property
    def in_a_sentence(self) -> str:
        return f"“{self.what}”"

    @property
    def waiter(self) -> User:
        """The representative answers to the customer for it."""
        return self.request.rep

    @property
    def is_open(self) -> bool:
        return self.status in STILL_OPEN

    @property
    def is_late(self) -> bool:
        """Done after its day, or still not done behind it."""
        return (self.ended_on or localdate()) > self.due_on and self.status != S.DROPPED

    @property
    def stands(self) -> IssueState:
        """How it stands, as the customer's document says it; what came too late is called late."""
        if self.status == S.DONE:
            return IssueState.LATE if self.is_late else IssueState.DONE
        return IssueState.DROPPED if self.status == S.DROPPED else IssueState.OPEN

    @step(
        status, S.OPEN, S.IN_PROGRESS, label=_("Start on it"), by=[rules.owner_of_it, administrators], holder="owner",
        awaits=[TO_DO],
    )  # fmt: skip
    def start(self, *, by: User) -> None:
        """Whoever undertook it is at work; it is due as before."""

    @step(
        status, list(STILL_OPEN), S.DONE, label=_("It is done"),
        by=[rules.owner_of_it, rules.leader_above_owner, administrators], holder="owner", form=f"{FORMS}.FinishForm",
    )  # fmt: skip
    def finish(self, *, by: User, outcome: str, ended_on: date) -> None:
        """With a word on what came of it, which stands in the customer's next document."""
        self.outcome, self.ended_on = outcome, ended_on

    @step(
        status, list(STILL_OPEN), S.OPEN, label=_("Hand it over"),
        by=[rules.owner_of_it, rules.leader_above_owner, administrators], kind="quiet", form=f"{FORMS}.HandOverForm",
        tells=[rules.the_owner], awaits=[TO_DO],
    )  # fmt: skip
    def hand_over(self, *, by: User, owner: User, due_on: date, comment: str) -> None:
        """Somebody else does it, or by another day; the reason is kept."""
        self.owner, self.due_on = owner, due_on

    @step(
        status, list(STILL_OPEN), S.DROPPED, label=_("Drop it"),
        by=[rules.owner_of_it, rules.leader_above_owner, administrators], kind="danger", form=f"{FORMS}.DropForm",
        tells=[rules.the_rep_of_it],
    )  # fmt: skip
    def drop(self, *, by: User, comment: str) -> None:
        """It will not be done; the reason stands in the customer's next document."""
        self.outcome, self.ended_on = comment, localdate()

    @step(
        status, [S.DONE, S.DROPPED], S.OPEN, label=_("Reopen"), by=[rules.owner_of_it, rules.leader_above_owner, administrators],
        kind="quiet", form="acr_program.workflow.forms.CommentForm", awaits=[TO_DO], tells=[rules.the_owner],
    )  # fmt: skip
    def reopen(self, *, by: User, comment: str) -> None:
        """It was not over after all; what was said of its end is kept in the log."""
        self.outcome, self.ended_on = "", None
