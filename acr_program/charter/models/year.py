"""A year of the program."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import step

from .. import rules
from ..choices import CommunicationKind, CommunicationStatus, Topic, YearStatus
from .communication import Receipt
from .open_to_all import OpenToAll
from .ownership import Goal
from .program import Program


class ProgramYear(Machine):
    """One year of the program, with its own goals and reviews."""

    STATES = YearStatus

    label = models.CharField(_("year"), max_length=12, unique=True)
    begins_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"))
    status = FSMField(_("status"), choices=YearStatus.choices, default=YearStatus.DRAFTING, protected=True)
    account_id = None

    objects = OpenToAll.as_manager()

    class Meta:
        verbose_name = _("program year")
        ordering = ("-begins_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=YearStatus.values), name="year_status_known"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("begins_on")), name="year_ends_after_it_begins"),
        )

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("charter:year", args=[self.pk])

    @cached_property
    def program(self) -> Program | None:
        """The one program, of which this is a year; read once for each row that is read."""
        return Program.objects.first()

    def not_settled(self) -> list[tuple[User, list[str]]]:
        """Each leader at work with the topics that they have neither confirmed nor been waived of (G-12)."""
        open_: dict[int, set[str]] = {leader.pk: set(Topic.values) for leader in self.leaders}
        for person, topics in Receipt.objects.settled_in(self):
            open_.get(person, set()).difference_update(topics)
        ordered = [
            (leader, [str(topic.label) for topic in Topic if topic in open_[leader.pk]]) for leader in self.leaders
        ]
        return [(leader, topics) for leader, topics in ordered if topics]

    def published_to(self) -> set[str]:
        """The audiences to whom expectations of this year are published and not withdrawn."""
        sets = {"kind": CommunicationKind.EXPECTATIONS, "status": CommunicationStatus.SENT}
        return set(self.communications.filter(**sets).values_list("audience", flat=True))

    @property
    def nth(self) -> int:
        """The first year of the program is 1."""
        return ProgramYear.objects.filter(begins_on__lte=self.begins_on).count()

    @cached_property
    def leaders(self) -> list[User]:
        """The sales leaders at work; read once for each row that is read."""
        return list(User.objects.holding(Role.LEADER))

    @property
    def goals(self) -> models.QuerySet[Goal]:
        """The goals whose period reaches into this year (G-04)."""
        return Goal.objects.filter(begins_on__lte=self.ends_on, ends_on__gte=self.begins_on)

    @step(
        status, YearStatus.DRAFTING, YearStatus.COMMUNICATING, label=_("Announce"), by=[program_managers],
        needs=rules.TO_ANNOUNCE,
    )  # fmt: skip
    def announce(self, *, by: User) -> None:
        """Sales leaders and the force are told what the year asks of them."""

    @step(
        status,
        YearStatus.COMMUNICATING,
        YearStatus.RUNNING,
        label=_("Start the year"),
        by=[program_managers],
        needs=rules.TO_START,
    )
    def start(self, *, by: User) -> None:
        """Reviews of this year can be requested."""

    @step(
        status, YearStatus.RUNNING, YearStatus.CLOSED, label=_("Close the year"), by=[program_managers], kind="danger",
        form="acr_program.workflow.forms.CommentForm",
    )  # fmt: skip
    def close(self, *, by: User, comment: str) -> None:
        """No new review of this year begins; those under way go on."""
