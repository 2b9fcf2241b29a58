"""Who has been assigned which training, and who has completed it (G-19)."""

from __future__ import annotations

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
from acr_program.people.roles import overseers, program_managers, program_office
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import TrainingStatus as S
from .accountability import Training


class AssignmentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> AssignmentQuerySet:
        """The office, its overseers and executives see each; everybody their own, a leader their people's."""
        if overseers(user) or user.has(Role.EXECUTIVE):
            return self
        return self.filter(Q(person=user) | Q(person__reports_to=user))

    def for_page(self) -> AssignmentQuerySet:
        return self.select_related("person", "training")


class TrainingAssignment(Machine):
    """One training of one person, until they have completed it or are waived."""

    STATES = S
    READS = ("person", "training")
    BEGINS_AWAITS = (Await(_("Take the training"), rules.the_trainee, "complete", days=20),)

    training = models.ForeignKey(Training, models.CASCADE, related_name="assignments", verbose_name=_("training"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="trainings")
    completed_on = models.DateField(_("completed on"), null=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.ASSIGNED, protected=True)
    account_id = None

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("training of a person")
        ordering = ("person__name", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="trainingassignment_status_known"),
            models.UniqueConstraint(fields=["training", "person"], name="training_once_a_person"),
        )

    def __str__(self) -> str:
        return gettext("%(training)s, %(person)s") % {"training": self.training, "person": self.person}

    def get_absolute_url(self) -> str:
        return reverse("charter:training", args=[self.pk])

    @property
    def waits_as(self) -> str:
        return self.training.name

    @step(status, S.ASSIGNED, S.COMPLETED, label=_("Completed"), by=[rules.that_trainee, program_office])
    def complete(self, *, by: User) -> None:
        """They have taken it; whoever gave it, or they themselves, say so."""
        self.completed_on = localdate()

    @step(
        status, S.ASSIGNED, S.WAIVED, label=_("Waive it"), by=[program_managers],
        form="acr_program.workflow.forms.CommentForm", kind="quiet",
    )  # fmt: skip
    def waive(self, *, by: User, comment: str) -> None:
        """They need not take it, for the reason given."""
