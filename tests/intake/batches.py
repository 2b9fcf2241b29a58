"""An import in any state, led there by its own steps and jobs."""

from __future__ import annotations

from acr_program.intake import actions
from acr_program.intake.models import Batch, Mapping, Work
from acr_program.jobs.models import OPEN
from acr_program.jobs.work import work_row
from acr_program.people.models import User
from acr_program.workflow.perform import perform

from .files import ACCOUNTS, account, fresh, table

WAYS: dict[str, tuple[str, ...]] = {
    "uploaded": (), "mapping": ("work",), "checking": ("work", "check_rows"), "ready": ("work", "check_rows", "work"),
    "taking_in": ("work", "check_rows", "work", "take_in"), "taken_in": ("work", "check_rows", "work", "take_in", "work"),
    "undoing": ("work", "check_rows", "work", "take_in", "work", "undo"),
    "undone": ("work", "check_rows", "work", "take_in", "work", "undo", "work"), "dropped": ("work", "drop"),
    "failed": ("work",),
}  # fmt: skip


def make_batch(status: str, by: User) -> Batch:
    """What waits for a worker waits for ever: its job is taken away, so that no sweep moves the import on."""
    rows = [account(f"{status}-{n}", f"Import of {status}, number {n}") for n in range(3)]
    data = b"GIF89a\0\x01\0\x01" if status == "failed" else table(ACCOUNTS, [*rows, account("", "No number")])
    batch = actions.upload(data, f"{status}.csv", "accounts", by=by)
    for name in WAYS[status]:
        if name == "work":
            for pk in Work.objects.filter(batch=batch, state__in=OPEN).values_list("pk", flat=True):
                work_row(Work, pk)
        else:
            batch = perform(fresh(batch), name, by=by, seen=fresh(batch).version)
    Work.objects.filter(batch=batch, state__in=OPEN).delete()
    batch = fresh(batch)
    assert batch.status == status, (batch.status, batch.error)
    return batch


def make_mapping(by: User) -> Mapping:
    return Mapping.objects.create(name="CRM", kind="accounts", columns={"Nr": "code", "Firma": "name"}, by=by)
