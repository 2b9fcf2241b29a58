"""The process as it is described: its versions, each with a row for every step (R-02, G-02, G-08)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.models import User
from acr_program.people.roles import overseers, program_managers, the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.ui.phrases import names
from acr_program.workflow.book import forget, once
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Need, step

from .. import schedule
from ..choices_process import ProcessStatus as S

IN_FORCE = "process in force"


def unowned(version: ProcessVersion) -> str:
    """Which steps have no owner, in a sentence; empty where every one has."""
    lacking = list(version.steps.filter(owner="").values_list("title", flat=True))
    words = gettext("Nobody owns this: %(steps)s. Name an owner for each step first.")
    return words % {"steps": names(f"“{title}”" for title in lacking)} if lacking else ""


described = Need(_("The version describes no step."), lambda v: v.steps.exists())
owned = Need(_("A step has no owner."), lambda v: not unowned(v), names=unowned)
timed = Need(
    _("Each stage that the plan counts needs at least one working day, and at most sixty."),
    lambda v: schedule.is_sound(v.pace),
)


class ProcessQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> ProcessQuerySet:
        """The process is for everybody who works by it; a draft is the office's until it is published."""
        return self if overseers(user) else self.exclude(status__in=[S.DRAFT, S.DISCARDED])

    def published(self) -> ProcessQuerySet:
        """The one in force."""
        return self.filter(status=S.PUBLISHED)

    def in_force(self) -> ProcessVersion:
        """The version that new reviews are bound to: read once in a click or for a page.

        There is one from the first day on: a version retires only where the next one is published.
        """
        return once(IN_FORCE, self.published().get)

    def titles(self) -> list[tuple[str, str]]:
        """The steps of the version in force, by key and title, in their order: read once as well."""
        rows = DescribedStep.objects.filter(process__status=S.PUBLISHED).order_by("place").values_list("key", "title")
        return once(f"{IN_FORCE}: titles", lambda: list(rows))

    def for_page(self) -> ProcessQuerySet:
        return self.prefetch_related("steps")


class ProcessVersion(Machine):
    """One version of the process: what each step is in words, and the working days that the plan counts."""

    STATES = S
    FOUNDED = (S.PUBLISHED,)  # version 1, as the program always had it

    number = models.PositiveIntegerField(_("version"), unique=True)
    pace = models.CharField(_("working days"), max_length=80, editable=False)  # as `schedule.pace_of` writes it
    status = FSMField(_("status"), choices=S.choices, default=S.DRAFT, protected=True)
    account_id = None

    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name = _("process version")
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="process_status_known"),
            models.UniqueConstraint(fields=["status"], condition=Q(status=S.PUBLISHED), name="process_one_published"),
        )

    def __str__(self) -> str:
        return gettext("The process, version %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return address_of("reviews:process-version", self.pk)

    @step(status, S.DRAFT, S.PUBLISHED, label=_("Publish"), by=[program_managers], needs=[described, owned, timed])
    def publish(self, *, by: User) -> None:
        """Reviews submitted from now on are bound to it; the version before it retires, and reviews under way keep theirs."""
        from acr_program.workflow.perform import perform

        for before in ProcessVersion.objects.published():
            perform(before, "retire", by=User.objects.clock(), seen=before.version)
        forget(IN_FORCE)

    @step(status, S.DRAFT, S.DISCARDED, label=_("Discard the draft"), by=[program_managers], kind="danger")
    def discard(self, *, by: User) -> None:
        """It is never published; what it said stays on its page, and its number is not given again."""

    @step(status, S.PUBLISHED, S.RETIRED, label=_("Retire"), by=[the_clock], kind="quiet")
    def retire(self, *, by: User) -> None:
        """Follows from the next version's publication: no review is bound to it any more."""


class DescribedStep(models.Model):
    """One step of the process as one version describes it; which steps there are, and their order, the program knows."""

    process = models.ForeignKey(ProcessVersion, models.CASCADE, related_name="steps")
    place = models.PositiveSmallIntegerField(_("place"))
    key = models.SlugField(_("key"), max_length=40)
    title = models.CharField(_("what is done"), max_length=120)
    entry = models.CharField(_("begins when"), max_length=300)
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    takes = models.CharField(_("how long it takes"), max_length=120, blank=True)
    guidance = models.TextField(_("guidance"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("described step")
        ordering = ("process", "place")
        constraints = (
            models.UniqueConstraint(fields=["process", "place"], name="described_one_a_place"),
            models.UniqueConstraint(fields=["process", "key"], name="described_key_once"),
        )

    def __str__(self) -> str:
        return self.title
