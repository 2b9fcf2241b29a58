"""How far a sales leader stands behind the program (G-10)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import overseers, program_office
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import AlignmentStatus as S

COMMENT = "acr_program.workflow.forms.CommentForm"


class AlignmentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> AlignmentQuerySet:
        """The office, auditors and senior executives see every leader's; a leader their own."""
        return self if overseers(user) or user.has(Role.EXECUTIVE) else self.filter(leader=user)


class Alignment(Machine):
    """One sales leader, from not briefed to agreed, with the days and what they asked."""

    STATES = S
    READS = ("leader",)

    leader = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="alignment", verbose_name=_("leader")
    )
    briefed_on = models.DateField(_("briefed on"), null=True, editable=False)
    agreed_on = models.DateField(_("agreed on"), null=True, editable=False)
    question = models.TextField(_("what they asked"), blank=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.NOT_BRIEFED, protected=True)
    account_id = None

    objects = AlignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("leader's alignment")
        ordering = ("leader__name", "pk")
        constraints = (models.CheckConstraint(condition=Q(status__in=S.values), name="alignment_status_known"),)

    def __str__(self) -> str:
        return gettext("Alignment of %(leader)s") % {"leader": self.leader}

    def get_absolute_url(self) -> str:
        return reverse("charter:leader", args=[self.pk])

    @step(
        status, S.NOT_BRIEFED, S.BRIEFED, label=_("Note that they were briefed"), by=[program_office],
        form="acr_program.charter.forms.BriefForm", tells=[rules.the_leader],
        awaits=[Await(_("Say that you agree, or what you ask"), rules.the_leader, "agree", days=5)],
    )  # fmt: skip
    def brief(self, *, by: User, briefed_on: date) -> None:
        """Somebody of the office has gone through the program with them."""
        self.briefed_on = briefed_on

    @step(
        status, [S.BRIEFED, S.HAS_QUESTIONS], S.AGREED, label=_("Agree"), by=[rules.that_leader, program_office],
    )  # fmt: skip
    def agree(self, *, by: User) -> None:
        """They stand behind the program: their people will be held to it."""
        self.agreed_on = localdate()

    @step(
        status, [S.BRIEFED, S.AGREED], S.HAS_QUESTIONS, label=_("Ask something first"),
        by=[rules.that_leader, program_office], form=COMMENT, kind="quiet",
        awaits=[Await(_("Answer the leader's question"), Role.MANAGER, "answer", days=2)],
    )  # fmt: skip
    def ask(self, *, by: User, comment: str) -> None:
        """Something keeps them from agreeing; who had agreed has not, until it is answered."""
        self.question, self.agreed_on = comment, None

    @step(
        status, S.HAS_QUESTIONS, S.BRIEFED, label=_("Answer"), by=[program_office], form=COMMENT, tells=[rules.the_leader],
        awaits=[Await(_("Say that you agree, or what you ask"), rules.the_leader, "agree", days=5)],
    )  # fmt: skip
    def answer(self, *, by: User, comment: str) -> None:
        """What they asked is answered; it is theirs again to agree."""
