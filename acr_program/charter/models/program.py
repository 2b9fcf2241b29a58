"""The program, and the functions that contribute."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.files.models import StoredFile
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Need, step

from .. import rules
from ..choices import AlignmentStatus as A
from ..choices import OwningFunction, ProgramStatus
from .alignment import Alignment
from .open_to_all import OpenToAll

# The lines of the charter that its needs ask for, and which of them count (G-01).
WRITTEN: dict[str, dict[str, str]] = {
    "goal": {}, "ramp": {}, "metric": {}, "training": {}, "duty": {"role": Role.REP},
}  # fmt: skip


class ProgramQuerySet(OpenToAll):
    def with_written(self) -> ProgramQuerySet:
        """Each with `has_goal`, `has_ramp`…: whether there are such lines (G-01)."""
        related: dict[str, Any] = {kind: self.model._meta.get_field(f"{kind}_lines").related_model for kind in WRITTEN}
        lines = {kind: related[kind].objects.filter(program=OuterRef("pk"), **of) for kind, of in WRITTEN.items()}
        found: ProgramQuerySet = self.annotate(**{f"has_{kind}": Exists(rows) for kind, rows in lines.items()})
        return found

    def for_page(self) -> ProgramQuerySet:
        return self.select_related("manager", "owner", "team_lead").with_written()


class Program(Machine):
    """The company's one Annual Customer Review program, with the ownership its charter asks for (G-03, G-06)."""

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
        verbose_name=_("owner"),
    )
    owning_function = models.CharField(
        _("owning function"), max_length=20, choices=OwningFunction.choices, default=OwningFunction.SALES
    )
    owning_reason = models.TextField(_("why it is not Sales"), blank=True, max_length=1000)
    team = models.CharField(_("driving team"), max_length=120, blank=True)
    team_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("its lead")
    )
    accepts_by_itself = models.BooleanField(
        _("requests that meet every rule need no look"), default=False,
        help_text=_("The clock then accepts them in place of an administrator."),
    )  # fmt: skip
    accent = models.CharField(_("accent colour"), max_length=7, blank=True)
    logo = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    status = FSMField(_("status"), choices=ProgramStatus.choices, default=ProgramStatus.DESIGNING, protected=True)
    account_id = None

    objects = ProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("program")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=ProgramStatus.values), name="program_status_known"),
            models.CheckConstraint(condition=Q(pk=1), name="program_is_one"),
            models.CheckConstraint(
                condition=Q(accent="") | Q(accent__regex=r"^#[0-9a-f]{6}$"), name="program_accent_is_a_colour"
            ),
            models.CheckConstraint(
                condition=Q(owning_function__in=OwningFunction.values), name="program_owning_function_known"
            ),
            models.CheckConstraint(
                condition=Q(owning_function=OwningFunction.SALES) | ~Q(owning_reason=""),
                name="program_not_sales_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.company}: Annual Customer Review"

    def get_absolute_url(self) -> str:
        return reverse("charter:program", args=[self.pk])

    @cached_property
    def written(self) -> frozenset[str]:
        """Of which lines there are any, by their kind; one query, or none where the row was read with them (G-01)."""
        row = self if "has_goal" in self.__dict__ else type(self).objects.with_written().only("pk").get(pk=self.pk)
        return frozenset(kind for kind in WRITTEN if getattr(row, f"has_{kind}"))

    @cached_property
    def lacks(self) -> dict[Need, str]:
        """What each need of the charter lacks, in a sentence; nothing where it is met (G-01)."""
        return {need: need.missing(self) for need in rules.NEEDED}

    def not_agreed(self) -> list[tuple[User, str]]:
        """The sales leaders at work who have not agreed, each with how far they are; two queries (G-10)."""
        stand = dict(Alignment.objects.values_list("leader", "status"))
        found = [(leader, stand.get(leader.pk, A.NOT_BRIEFED)) for leader in User.objects.holding(Role.LEADER)]
        return [(leader, str(A(status).label).lower()) for leader, status in found if status != A.AGREED]

    @step(
        status, ProgramStatus.DESIGNING, ProgramStatus.PILOTING, label=_("Start the pilot"), by=[program_managers],
        needs=rules.CHARTER,
    )  # fmt: skip
    def start_pilot(self, *, by: User) -> None:
        """From now on the accounts of the pilot may have reviews."""

    @step(
        status, ProgramStatus.PILOTING, ProgramStatus.ROLLED_OUT, label=_("Roll out"), by=[program_managers],
        form="acr_program.charter.forms.RollOutForm", needs=[rules.pilot_says_roll_out],
    )  # fmt: skip
    def roll_out(self, *, by: User, comment: str, findings: str = "") -> None:
        """From now on every account may have a review; the findings still open are kept with the step."""


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
