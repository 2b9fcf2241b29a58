"""What went out: who took which list or pack with them, when, and how many rows; large ones are written by a worker."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from acr_program.files.models import StoredFile
from acr_program.files.store import store_file
from acr_program.jobs.models import Job, State
from acr_program.people.models import User

from . import making

KEPT = timedelta(days=7)
ALARM = timedelta(days=14)
TO_TELL = ~Q(state=State.DONE) | Q(file__isnull=False)  # a stream that went out is done, and leaves nothing to fetch


class Format(models.TextChoices):
    """As what a list is written; a pack of files, and rows of the log, are written by whoever knows them."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
    ZIP = "zip", "ZIP"
    LINES = "jsonl", _("JSON lines")
    PDF = "pdf", "PDF"


OF_LISTS = (Format.CSV, Format.XLSX)


MIME = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ZIP: "application/zip",
    Format.LINES: "application/x-ndjson",
    Format.PDF: "application/pdf",
}


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: Any) -> Self:
        """The file is for whoever asked; the record of it stands in the office's list."""
        return self.filter(person_id=user.pk)

    def today_of(self, person: User) -> Self:
        return self.filter(person=person, created_at__date=localdate())

    def mass(self) -> Self:
        """More rows in a day than anybody reads: for the office to look at."""
        return self.filter(is_mass=True, created_at__gt=now() - ALARM)

    def files_of(self, person: User) -> Self:
        """What is being written for this person, or lies ready."""
        waiting = Q(state__in=[State.QUEUED, State.RUNNING]) | Q(file__isnull=False)
        failed = Q(state=State.FAILED, done_at__gt=now() - KEPT)
        return self.filter(TO_TELL, waiting | failed, person=person).order_by("-created_at", "-pk")


class Export(Job):
    """One list, or one pack, handed out to one person."""

    TRIES: ClassVar[int] = 3
    WALL: ClassVar[timedelta] = timedelta(seconds=80)
    BATCH: ClassVar[int] = 1

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports", verbose_name=_("person")
    )
    list_name = models.CharField(_("list"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    query = models.TextField(_("filters"), blank=True)
    kind = models.CharField(_("file"), max_length=5, choices=Format.choices)
    rows = models.PositiveIntegerField(_("rows"), null=True)
    so_far = models.PositiveSmallIntegerField(_("written so far, in percent"), null=True)
    is_mass = models.BooleanField(_("mass export"), default=False)
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")

    objects = ExportQuerySet.as_manager()

    class Meta(Job.Meta):
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            *Job.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=Format.values), name="export_kind_known"),
        ]
        indexes = [
            *Job.Meta.indexes,
            models.Index(fields=["-created_at", "-id"], name="export_newest"),
            models.Index(fields=["person", "-created_at"], name="export_of_person"),
            models.Index(fields=["-created_at"], name="export_mass", condition=Q(is_mass=True)),
            models.Index(fields=["person", "-created_at", "-id"], name="export_to_tell", condition=TO_TELL),
        ]

    def __str__(self) -> str:
        return f"{self.title}.{self.kind}"

    @property
    def filename(self) -> str:
        return f"{self.title} {localdate(self.created_at).isoformat()}.{self.kind}"

    @property
    def gone_on(self) -> Any:
        """Until when the file lies ready."""
        return localdate((self.done_at or self.created_at) + KEPT)

    def handed_out(self, rows: int) -> None:
        """Note how many rows went out; more in a day than the house allows unseen raises an alarm."""
        of_today = Export.objects.today_of(self.person).exclude(pk=self.pk)
        before = of_today.aggregate(n=Sum("rows"))["n"] or 0
        self.rows, self.is_mass = rows, before + rows > settings.ACR_EXPORT_ALARM_ROWS
        Export.objects.filter(pk=self.pk).update(rows=rows, is_mass=self.is_mass)

    def tell(self, percent: int) -> None:
        """How far the file is, for whoever waits for it; the same twice costs nothing."""
        if percent != self.so_far:
            self._write(so_far=percent)

    def work(self) -> None:
        """Write the file as the person may see it now, in their own time zone and language."""
        with tempfile.NamedTemporaryFile() as file:
            number = making.write(self, file)
            file.flush()
            stored = store_file(Path(file.name), MIME[Format(self.kind)].partition(";")[0])
        with self.settle():
            self.handed_out(number)
            Export.objects.filter(pk=self.pk).update(file=stored)
