"""The program, its years, and the functions that contribute."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import step

from .choices import ProgramStatus, YearStatus


class OpenToAll(models.QuerySet[Any]):
    """Rows that everybody who is signed in may see."""

    def visible_to(self, user: User) -> OpenToAll:
        return self


class Program(Machine):
    """The company's one Annual Customer Review program."""

    STATES = ProgramStatus

    company = models.CharField(_("company"), max_length=120)
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    home_country = models.CharField(_("home country"), max_length=60, default="United States")
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("program manager")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner in Sales"),
    )
    accepts_by_itself = models.BooleanField(
        _("requests that meet every rule need no look"), default=False,
        help_text=_("The clock then accepts them in place of an administrator."),
    )  # fmt: skip
    status = FSMField(_("status"), choices=ProgramStatus.choices, default=ProgramStatus.DESIGNING, protected=True)
    account_id = None

    objects = OpenToAll.as_manager()

    class Meta:
        verbose_name = _("program")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=ProgramStatus.values), name="program_status_known"),
            models.CheckConstraint(condition=Q(pk=1), name="program_is_one"),
        )

    def __str__(self) -> str:
        return f"{self.company}: Annual Customer Review"

    def get_absolute_url(self) -> str:
        return reverse("charter:program", args=[self.pk])

    @step(status, ProgramStatus.DESIGNING, ProgramStatus.PILOTING, label=_("Start the pilot"), by=[program_managers])
    def start_pilot(self, *, by: User) -> None:
        """From now on the accounts of the pilot may have reviews."""

    @step(
        status, ProgramStatus.PILOTING, ProgramStatus.ROLLED_OUT, label=_("Roll out"), by=[program_managers],
        form="acr_program.workflow.forms.CommentForm",
    )  # fmt: skip
    def roll_out(self, *, by: User, comment: str) -> None:
        """From now on every account may have a review."""


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

    @step(status, YearStatus.DRAFTING, YearStatus.COMMUNICATING, label=_("Announce"), by=[program_managers])
    def announce(self, *, by: User) -> None:
        """Sales leaders and the force are told what the year asks of them."""

    @step(status, YearStatus.COMMUNICATING, YearStatus.RUNNING, label=_("Start the year"), by=[program_managers])
    def start(self, *, by: User) -> None:
        """Reviews of this year can be requested."""

    @step(
        status, YearStatus.RUNNING, YearStatus.CLOSED, label=_("Close the year"), by=[program_managers], kind="danger",
        form="acr_program.workflow.forms.CommentForm",
    )  # fmt: skip
    def close(self, *, by: User, comment: str) -> None:
        """No new review of this year begins; those under way go on."""


class Function(models.Model):
    """A function of the company that contributes content, with the person who answers for it (P-23)."""

    name = models.CharField(_("function"), max_length=80, unique=True)
    contributor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="functions",
        verbose_name=_("contributor"),
    )

    class Meta:
        verbose_name = _("contributing function")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
