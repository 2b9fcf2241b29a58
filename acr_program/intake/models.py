"""One import from upload to undoing: the batch, its rows, what was kept, its jobs, and how columns were named before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.files.models import StoredFile
from acr_program.jobs.errors import LeaseLost
from acr_program.jobs.models import Job
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_office, the_clock
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Need, step

from .choices import AT_WORK, Choice, Outcome, Task
from .choices import BatchStatus as S
from .kinds import Kind, kind_of

TAKES = ("created", "changed", "similar")  # outcomes of which something can come


class Mapping(models.Model):
    """How the columns of one source are named, and how it writes days and numbers; data, which no code knows."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("what it brings"), max_length=20)
    columns = models.JSONField(_("columns"), default=dict)  # heading: field
    options = models.JSONField(_("how it is written"), default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("kept by"))
    kept_at = models.DateTimeField(_("kept"), auto_now=True)

    class Meta:
        verbose_name = _("mapping of columns")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, user: User) -> BatchQuerySet:
        """The office, and auditors."""
        return self if user.has(Role.ADMIN, Role.MANAGER, Role.AUDITOR) else self.none()

    def for_page(self) -> BatchQuerySet:
        return self.select_related("file", "mapping", "uploaded_by")


def something_to_take(batch: Any) -> bool:
    return any(batch.counts.get(outcome) for outcome in TAKES)


class Batch(Machine):
    """One file on its way in: what it is, what each row will do, what it did, and how that is undone."""

    STATES = S

    kind = models.CharField(_("what it brings"), max_length=20)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    mapping = models.ForeignKey(
        Mapping, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("mapping")
    )
    columns = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    error = models.TextField(_("what is wrong with it"), blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=now)
    status = FSMField(_("status"), choices=S.choices, default=S.UPLOADED, protected=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        ordering = ("-uploaded_at", "-pk")
        constraints = (models.CheckConstraint(condition=Q(status__in=S.values), name="batch_status_known"),)
        indexes = (models.Index(fields=["-uploaded_at", "-id"], name="batch_by_moment"),)

    def __str__(self) -> str:
        return self.file_name

    @property
    def account_id(self) -> None:
        """Of no account: its rows may be of many."""

    @property
    def of(self) -> type[Kind]:
        return kind_of(self.kind)

    @property
    def at_work(self) -> bool:
        return self.status in AT_WORK

    def get_absolute_url(self) -> str:
        return reverse("intake:batch", args=[self.pk])

    @step(status, S.UPLOADED, S.MAPPING, label=_("Looked at"), by=[the_clock])
    def looked(self, *, by: User, columns: dict[str, str], options: dict[str, str]) -> None:
        """Which columns there are, and what they most likely mean."""
        self.columns, self.options = columns, options

    @step(status, [S.UPLOADED, S.CHECKING], S.FAILED, label=_("Not readable"), by=[the_clock])
    def not_read(self, *, by: User, comment: str) -> None:
        """The file is not what it should be; the sentence says why."""
        self.error = comment

    @step(
        status,
        [S.MAPPING, S.READY, S.FAILED],
        S.CHECKING,
        label=_("Check the rows"),
        by=[program_office, the_clock],
        kind="quiet",
    )
    def check_rows(self, *, by: User) -> None:
        """Row by row, what taking the file in will do."""
        self.error, self.counts = "", {}
        Work.ask(self, Task.CHECK, by)

    @step(status, S.CHECKING, S.READY, label=_("Checked"), by=[the_clock])
    def checked(self, *, by: User, counts: dict[str, int]) -> None:
        """The preview stands, and is what will be done."""
        self.counts = counts

    @step(
        status, S.READY, S.TAKING_IN, label=_("Take it in"), by=[program_office],
        needs=[Need(_("No row of this file would create or change anything."), something_to_take)],
    )  # fmt: skip
    def take_in(self, *, by: User) -> None:
        """Everything the preview says, or nothing."""
        self.error = ""
        Work.ask(self, Task.TAKE_IN, by)

    @step(status, S.TAKING_IN, S.TAKEN_IN, label=_("Taken in"), by=[the_clock])
    def took_in(self, *, by: User, counts: dict[str, int]) -> None:
        self.counts = counts

    @step(status, S.TAKING_IN, S.READY, label=_("Not taken in"), by=[the_clock])
    def not_taken(self, *, by: User, comment: str) -> None:
        """Nothing was written; the sentence says why."""
        self.error = comment

    @step(status, S.TAKEN_IN, S.UNDOING, label=_("Undo this import"), by=[program_office], kind="danger")
    def undo(self, *, by: User) -> None:
        """Rows that nobody touched since get back what stood before; the others are listed."""
        self.error = ""
        Work.ask(self, Task.UNDO, by)

    @step(status, S.UNDOING, S.UNDONE, label=_("Undone"), by=[the_clock])
    def undone(self, *, by: User, counts: dict[str, int]) -> None:
        self.counts = self.counts | counts

    @step(status, S.UNDOING, S.TAKEN_IN, label=_("Not undone"), by=[the_clock])
    def not_undone(self, *, by: User, comment: str) -> None:
        """Nothing was put back; the sentence says why."""
        self.error = comment

    @step(
        status, [S.MAPPING, S.READY, S.FAILED], S.DROPPED, label=_("Drop this file"), by=[program_office], kind="quiet"
    )
    def drop(self, *, by: User) -> None:
        """Nothing of it is taken in."""


class BatchRow(models.Model):
    """What the file's row will do, or did: the plan that the preview shows is the one that is carried out."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    outcome = models.CharField(_("what becomes of it"), max_length=9, choices=Outcome.choices)
    choice = models.CharField(_("decided"), max_length=5, choices=Choice.choices, default=Choice.OPEN, blank=True)
    label = models.CharField(_("what it is"), max_length=200)
    key = models.JSONField(default=list)
    values = models.JSONField(default=dict)  # new: everything; changed: what differs; refused: the cells
    old = models.JSONField(default=dict)
    reason = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("row of an import")
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["batch", "number"], name="batch_row_once"),)
        indexes = (models.Index(fields=["batch", "outcome", "number", "id"], name="batch_row_by_outcome"),)

    def __str__(self) -> str:
        return self.label


class Kept(models.Model):
    """What was done to one object, with what stood before: all that undoing needs."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="kept")
    kind = models.CharField(max_length=20)
    number = models.PositiveIntegerField(null=True)
    object_id = models.PositiveBigIntegerField()
    made = models.BooleanField()
    label = models.CharField(max_length=200)
    values = models.JSONField(default=dict)  # what it was given
    old = models.JSONField(default=dict)
    left = models.TextField(blank=True)  # why it was not undone

    class Meta:
        indexes = (models.Index(fields=["batch", "id"], name="kept_of_batch"),)

    def __str__(self) -> str:
        return self.label


class Work(Job):
    """One job of an import, and how far it has come."""

    WALL = timedelta(seconds=85)
    BATCH = 1
    TRIES = 3

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="works")
    task = models.CharField(max_length=7, choices=Task.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    count = models.PositiveIntegerField(default=0)  # rows done so far
    found = models.JSONField(default=dict)  # what looking at the file has told

    class Meta(Job.Meta):
        verbose_name = _("job of an import")

    def __str__(self) -> str:
        return f"{self.get_task_display()}: {self.batch_id}"

    @classmethod
    def ask(cls, batch: Batch, task: str, by: User) -> Work:
        work = cls.objects.create(batch=batch, task=task, by=by if not by.is_system else batch.uploaded_by)
        work.ring()
        return work

    def work(self) -> None:
        from .engine import work

        work(self)

    def note(self, **fields: Any) -> None:
        """Write down how far this worker has come; whoever lost the lease writes nothing more."""
        if not self._write(**fields):
            raise LeaseLost(f"{self._meta.label} {self.pk}")

    def on_failed(self) -> None:
        """The import learns why, in words."""
        from .engine import given_up

        given_up(self)
