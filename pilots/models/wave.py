"""One round of piloting: what it has to cover, who takes part, and what it came to (P-01, P-16 to P-19)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.places import theater_of
from acr_program.charter.choices import Outcome, ProgramStatus
from acr_program.charter.models import Program
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import overseers, program_managers
from acr_program.ui.addresses import address_of
from acr_program.workflow.book import once
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import Subject
from ..choices import WaveStatus as S
from .criteria import CriteriaVersion

FORMS = "pilots.forms.waves"
CHOOSE = Await(_("Choose the pilots and launch the wave"), Role.MANAGER, "launch", days=20)


def the_program() -> Program | None:
    """The one program, read once for a page or a click."""
    return once("program of the wave", Program.objects.first)


class WaveQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> WaveQuerySet:
        """The office, auditors and executives: a wave names accounts of many managers; others see their candidates."""
        return self if overseers(user) or user.has(Role.EXECUTIVE) else self.none()

    def for_page(self) -> WaveQuerySet:
        """With the newest version of the criteria, which may be another than that of the wave."""
        newest = CriteriaVersion.objects.order_by("-number").values("pk")[:1]
        return self.select_related("criteria", "decided_by").annotate(newest_criteria=Subquery(newest))


class PilotWave(Machine):
    """One round of piloting, from its sizing to the decision on it.

    `units` are the business units that need a pilot, `countries` those outside the home country that take part,
    `per_person` how many accounts one person in full time can carry, `waived` the reason for each unit that is gone without.
    """

    STATES = S
    READS = ("criteria",)
    BEGINS_AWAITS = (Await(_("Answer the sizing questions of the wave"), Role.MANAGER, "open_selection", days=5),)

    name = models.CharField(_("wave"), max_length=80, unique=True)
    ends_on = models.DateField(_("runs until"), null=True, blank=True)
    differs_by_unit = models.BooleanField(_("processes or tools differ by business unit"), null=True, blank=True)
    units = models.JSONField(_("business units that need a pilot"), default=list, blank=True)
    abroad = models.BooleanField(_("countries outside the home country take part"), null=True, blank=True)
    countries = models.JSONField(_("countries outside the home country"), default=list, blank=True)
    per_person = models.PositiveSmallIntegerField(
        _("accounts that one person in full time carries"), null=True, blank=True
    )
    waived = models.JSONField(_("business units gone without, each with the reason"), default=dict, editable=False)
    criteria = models.ForeignKey(
        CriteriaVersion, models.PROTECT, null=True, related_name="waves", editable=False, verbose_name=_("criteria")
    )
    launched_on = models.DateField(_("launched on"), null=True, editable=False)
    warned = models.JSONField(_("warnings at the launch"), default=list, editable=False)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True, editable=False)
    outcome_words = models.TextField(_("why"), max_length=4000, blank=True, editable=False)
    left_open = models.JSONField(_("findings open and aspects untested at the decision"), default=dict, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("decided by")
    )  # fmt: skip
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.PLANNING, protected=True)
    account_id = None

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("pilot wave")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="wave_status_known"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="pilotwave_outcome_known"),
            models.CheckConstraint(condition=Q(per_person=None) | Q(per_person__gt=0), name="wave_accounts_from_one"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("pilots:wave", self.pk)

    @property
    def has_criteria_in_force(self) -> bool:
        """Whether there are any, about accounts and about their managers."""
        newest = CriteriaVersion.objects.first()
        return newest is not None and set(newest.criteria.values_list("about", flat=True)) == set(Subject.values)

    @property
    def has_newer_criteria(self) -> bool:
        known = self.__dict__.get("newest_criteria")
        newest = known or CriteriaVersion.objects.order_by("-number").values_list("pk", flat=True).first()
        return newest is not None and newest != self.criteria_id

    @property
    def program_has_begun(self) -> bool:
        program = the_program()
        return program is not None and program.status != ProgramStatus.DESIGNING

    def theaters(self) -> list[str]:
        """Each theater that takes part: those of the countries abroad, and the home country's own with them (P-17)."""
        if not self.countries:
            return []
        program = the_program()
        home = [theater_of(program.home_country)] if program else []
        return sorted({theater for theater in [*home, *map(theater_of, self.countries)] if theater})

    @step(
        status, S.PLANNING, S.SELECTING, label=_("Open the selection"), by=[program_managers],
        needs=[rules.units_answered, rules.countries_answered, rules.staff_answered, rules.has_roster, rules.has_aspects,
               rules.has_criteria],
        awaits=[CHOOSE],
    )  # fmt: skip
    def open_selection(self, *, by: User) -> None:
        """Accounts can be proposed from now on; all are judged by the criteria that are in force now (P-05)."""
        self.criteria = CriteriaVersion.objects.first()

    @step(
        status, S.SELECTING, S.SELECTING, label=_("Judge by the newer criteria"), by=[program_managers], kind="quiet",
        needs=[rules.newer_criteria], awaits=[CHOOSE],
    )  # fmt: skip
    def take_criteria(self, *, by: User) -> None:
        """Judgements by a wording that is still in force stand; what is worded anew is judged anew."""
        self.criteria = CriteriaVersion.objects.first()

    @step(
        status, S.SELECTING, S.SELECTING, label=_("Go without a business unit"), by=[program_managers], kind="quiet",
        form=f"{FORMS}.WaiveForm", needs=[rules.has_gap], awaits=[CHOOSE],
    )  # fmt: skip
    def waive_unit(self, *, by: User, unit: str, comment: str) -> None:
        """The wave may be launched without a pilot there, for the reason given (P-16)."""
        self.waived = self.waived | {unit: comment}

    @step(
        status, S.SELECTING, S.SELECTING, label=_("Select the pilots"), by=[program_managers], kind="quiet",
        form="pilots.forms.plan.PlanForm", needs=[rules.has_choice], awaits=[CHOOSE],
    )  # fmt: skip
    def take_plan(self, *, by: User, pilots: list[int]) -> None:
        """These candidates are selected and no others: as the coverage plan says, or as it was changed by hand (M9)."""

    @step(
        status, S.SELECTING, S.RUNNING, label=_("Launch"), by=[program_managers], form=f"{FORMS}.LaunchForm",
        needs=[rules.program_pilots, rules.has_pilots, rules.units_covered, rules.pilots_still_pass],
        awaits=[Await(_("End the pilots and look at what they found"), Role.MANAGER, "start_evaluation", by="ends_on")],
    )  # fmt: skip
    def launch(self, *, by: User, really: bool = False, warnings: Sequence[str] = ()) -> None:
        """The pilots begin; what the launch was warned of is kept with it (P-17, P-18, P-19)."""
        self.launched_on, self.warned = localdate(), list(warnings)

    @step(
        status, S.RUNNING, S.EVALUATING, label=_("Start the evaluation"), by=[program_managers],
        awaits=[Await(_("Decide what the wave came to"), Role.MANAGER, "conclude", days=10)],
    )  # fmt: skip
    def start_evaluation(self, *, by: User) -> None:
        """No pilot joins any more; whoever has not answered is asked."""

    @step(
        status, S.EVALUATING, S.CONCLUDED, label=_("Decide"), by=[program_managers], form=f"{FORMS}.ConcludeForm",
        needs=[rules.pilots_ended, rules.findings_decided],
    )  # fmt: skip
    def conclude(self, *, by: User, outcome: str, comment: str, left_open: dict[str, list[str]] | None = None) -> None:
        """Repeat, stop or roll out, by name and day, with what is still open in sight (P-01, P-19)."""
        self.outcome, self.outcome_words, self.left_open = outcome, comment, left_open or {}
        self.decided_by, self.decided_on = by, localdate()

    @property
    def is_over(self) -> bool:
        return bool(self.status == S.CONCLUDED)

    @property
    def day_of_launch(self) -> date:
        """The day it was launched, or would be."""
        return self.launched_on or localdate()
