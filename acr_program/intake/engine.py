"""The jobs of an import: look, check, take in, undo; each ends with the step that says how it went."""

from __future__ import annotations

from itertools import batched
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from acr_program.files import disk
from acr_program.jobs.errors import PermanentError
from acr_program.jobs.faults import fault
from acr_program.people.models import User
from acr_program.workflow.perform import perform

from . import guessing, reading
from .choices import BatchStatus, Task
from .kinds import Run
from .models import Batch, BatchRow, Work
from .planning import Plan
from .reading import Unreadable
from .taking import take_in
from .undoing import undo

DURING = {
    Task.LOOK: BatchStatus.UPLOADED, Task.CHECK: BatchStatus.CHECKING, Task.TAKE_IN: BatchStatus.TAKING_IN,
    Task.UNDO: BatchStatus.UNDOING,
}  # fmt: skip
IN_VAIN = {
    Task.LOOK: "not_read", Task.CHECK: "not_read", Task.TAKE_IN: "not_taken", Task.UNDO: "not_undone",
}  # fmt: skip


def work(job: Work) -> None:
    """Do the job where the import still waits for it; one that was done and not finished is finished."""
    batch = Batch.objects.select_related("file", "mapping").get(pk=job.batch_id)
    if batch.status != DURING[Task(job.task)]:
        return
    try:
        DOES[Task(job.task)](job, batch)
    except Unreadable as error:
        raise PermanentError(error.sentence) from error


def path_of(batch: Batch) -> Path:
    """Where the file's bytes lie, proved to be those that were uploaded."""
    batch.file.read(batch.file_name)
    return disk.path_of(batch.file.sha256)


def look(job: Work, batch: Batch) -> None:
    """What the file is; its columns by the mapping that was chosen, or by their headings."""
    given = batch.options  # what was said at the upload
    head = reading.look(path_of(batch), given)
    if not head["rows"]:
        raise Unreadable(_("The file has headings, and no row under them."))
    mapped = batch.mapping.columns if batch.mapping else batch.columns
    kept = (batch.mapping.options if batch.mapping else {}) | given
    columns = {h: mapped[h] for h in head["headings"] if h in mapped} or guessing.columns_for(
        batch.of, head["headings"]
    )
    found = guessing.options_for(batch.of, head, columns)
    options = {name: kept.get(name) or found.get(name, "") for name in {*found, *kept}}
    with job.settle():
        job.note(found=head, count=head["rows"])
        seen = step(batch, "looked", columns=columns, options=options)
        if batch.mapping and not guessing.unclear(batch.of, columns | fixed(options), options):
            step(seen, "check_rows")


def fixed(options: dict[str, Any]) -> dict[str, str]:
    """What every row tells alike, as if it were a column."""
    return {f" {name}": name for name in options.get("fixed") or {}}


def check(job: Work, batch: Batch) -> None:
    """The preview, row by row; a check that was broken off begins anew."""
    rows = BatchRow.objects.filter(batch=batch)
    rows._raw_delete(rows.db)  # nothing hangs on them
    plan = Plan(batch, batch.of(Run(job.by, batch.file_name, batch.options)))
    count = 0
    for headings, some in reading.rows(path_of(batch), batch.options):
        for lot in batched(some, 1000, strict=False):
            plan.take(headings, list(lot))
            count += len(lot)
            job.note(count=count)
    counts = plan.finish()
    with job.settle():
        step(batch, "checked", counts=counts)


def step(batch: Batch, name: str, **data: Any) -> Batch:
    """A step that the clock takes, of the batch as it was read for this job."""
    return perform(batch, name, by=User.objects.clock(), seen=batch.version, **data)


def taking(job: Work, batch: Batch) -> None:
    """All rows in one transaction with the step that says so: a killed worker leaves everything or nothing."""
    with job.settle():
        counts = take_in(batch, job.by)
        fault("import_written")
        step(batch, "took_in", counts=counts)
    fault("import_committed")


def undoing(job: Work, batch: Batch) -> None:
    with job.settle():
        step(batch, "undone", counts=undo(batch, job.by))


DOES = {Task.LOOK: look, Task.CHECK: check, Task.TAKE_IN: taking, Task.UNDO: undoing}


def given_up(job: Work) -> None:
    """The job cannot be done: the import goes back to where one can go on, with the sentence."""
    batch = Batch.objects.get(pk=job.batch_id)
    if batch.status == DURING[Task(job.task)]:
        words = job.error or _("The work on the file was broken off.")
        perform(batch, IN_VAIN[Task(job.task)], by=User.objects.clock(), seen=batch.version, comment=words)
