"""What a wave found, and what is to become of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.absent import without_absent
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import overseers, program_managers
from acr_program.ui.addresses import address_of
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import Decision, Severity
from ..choices import FindingStatus as S
from .aspect import Aspect
from .candidate import PilotCandidate
from .wave import PilotWave

COMMENT = "acr_program.workflow.forms.CommentForm"
DECIDE = Await(_("Decide what becomes of the finding"), Role.MANAGER, "decide", days=5)


class FindingQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> FindingQuerySet:
        """The office, auditors and executives see all; others what they own or reported."""
        if overseers(user) or user.has(Role.EXECUTIVE):
            found: FindingQuerySet = without_absent(self, user, "candidate__account")
            return found
        own = [user.pk, *user.stands_in_for]
        return self.filter(Q(owner__in=own) | Q(reported_by__in=own))

    def for_page(self) -> FindingQuerySet:
        return self.select_related("wave", "candidate__account", "aspect", "owner", "reported_by")

    def still_open(self) -> FindingQuerySet:
        """Neither resolved nor decided to be left as they are."""
        return self.exclude(status=S.RESOLVED).exclude(status=S.DECIDED, decision=Decision.NEVER)


class Finding(Machine):
    """One thing that a wave found: how bad it is, who sees to it, and whether it is mended now, before roll-out, or never."""

    STATES = S
    LOCKS = "wave"
    READS = ("wave", "candidate__account", "aspect", "owner", "reported_by")
    BEGINS_AWAITS = (DECIDE,)

    wave = models.ForeignKey(PilotWave, models.PROTECT, related_name="findings", verbose_name=_("wave"))
    candidate = models.ForeignKey(
        PilotCandidate, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name=_("found in the pilot")
    )  # fmt: skip
    aspect = models.ForeignKey(
        Aspect, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name=_("what it is about")
    )
    words = models.TextField(_("what was found"), max_length=1000)
    severity = models.CharField(_("how bad it is"), max_length=6, choices=Severity.choices)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("reported by")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("who sees to it")
    )
    decision = models.CharField(_("decision"), max_length=16, choices=Decision.choices, blank=True, editable=False)
    due_on = models.DateField(_("by"), null=True, editable=False)
    answer = models.TextField(_("what was done or answered"), max_length=2000, blank=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.REPORTED, protected=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="finding_status_known"),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="finding_severity_known"),
            models.CheckConstraint(condition=Q(decision__in=["", *Decision.values]), name="finding_decision_known"),
            models.CheckConstraint(condition=Q(status=S.REPORTED) | ~Q(decision=""), name="finding_decided_says_how"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.words if len(self.words) <= 80 else f"{self.words[:79]}…"

    def get_absolute_url(self) -> str:
        return address_of("pilots:finding", self.pk)

    @property
    def account_id(self) -> int | None:
        return self.candidate.account_id if self.candidate else None

    @property
    def about(self) -> str:
        """In which step or tool, in which pilot; empty where it is of the whole wave."""
        named = [self.aspect.title if self.aspect else "", self.candidate.account.name if self.candidate else ""]
        return " · ".join(filter(None, named))

    @property
    def waiter(self) -> User:
        return self.reported_by

    @property
    def to_be_mended(self) -> bool:
        return bool(self.decision and self.decision != Decision.NEVER)

    @step(
        status, [S.REPORTED, S.DECIDED], S.DECIDED, label=_("Decide"), by=[program_managers],
        form="pilots.forms.findings.DecideForm", tells=[rules.the_owner],
        awaits=[Await(_("See to the finding"), rules.who_mends, "resolve", by="due_on")],
    )  # fmt: skip
    def decide(self, *, by: User, decision: str, owner: User, due_on: date | None = None, comment: str = "") -> None:
        """Mend it now, before the roll-out or never; who sees to it, and by when."""
        self.decision, self.owner, self.due_on, self.answer = decision, owner, due_on, comment

    @step(
        status, S.DECIDED, S.RESOLVED, label=_("It is mended"), by=[rules.owner_of_finding, program_managers], form=COMMENT,
        needs=[rules.is_to_be_mended], tells=[rules.who_reported], undo="reopen",
    )  # fmt: skip
    def resolve(self, *, by: User, comment: str) -> None:
        """What was done."""
        self.answer = comment

    @step(
        status, S.RESOLVED, S.DECIDED, label=_("Take it up again"), by=[program_managers], kind="quiet",
        form=COMMENT,
        awaits=[Await(_("See to the finding"), rules.who_mends, "resolve", by="due_on")],
    )  # fmt: skip
    def reopen(self, *, by: User, comment: str) -> None:
        """It is not mended after all."""
