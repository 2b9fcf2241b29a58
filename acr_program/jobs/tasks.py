from collections.abc import Iterator
from itertools import chain
from time import monotonic

import structlog
from celery import shared_task
from django.apps import apps
from django.utils.timezone import now

from . import clock, wake
from .kinds import kinds
from .models import Duty, Job, place
from .work import work_row

logger = structlog.get_logger(__name__)
ROWS_A_SWEEP = 500
LONGEST_RUN = 25.0  # seconds after which no further row is begun, so that no task meets Celery's own limit


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def run(label: str, *pks: object) -> None:
    """Work the rows named, then what else is due of their kind. Ringing twice, late or never does no harm."""
    kind = apps.get_model(label)
    if not issubclass(kind, Job):
        raise ValueError(f"{label} is no kind of job.")
    until = monotonic() + LONGEST_RUN
    for pk in chain(pks, others(kind, kind.BATCH - len(pks))):
        if monotonic() > until:
            break  # the sweep rings for the rest
        work_row(kind, pk)


def others(kind: type[Job], room: int) -> Iterator[object]:
    """Rows whose bell was lost or is still under way: asked for only when the rows named are done."""
    if room > 0:
        yield from (
            kind.due().filter(attempts__lt=kind.TRIES).order_by("due_at", "pk").values_list("pk", flat=True)[:room]
        )


@shared_task(ignore_result=True)
def sweep() -> None:
    """Every 10 s: give up rows out of tries, ring again for the rest that are due."""
    Duty.beat("jobs.sweep")
    for kind in kinds():
        give_up_spent(kind)
        due = kind.due().filter(attempts__lt=kind.TRIES).order_by("due_at", "pk")
        wake.publish(kind, list(due.values_list("pk", flat=True)[:ROWS_A_SWEEP]), expires=10)


def give_up_spent(kind: type[Job]) -> None:
    """One broken hook must not keep the other rows waiting, so each row stands for itself."""
    for job in kind.due().filter(attempts__gte=kind.TRIES)[:ROWS_A_SWEEP]:
        try:
            job.give_up_if_spent()
        except Exception as error:
            logger.error("job_hook_failed", kind=kind._meta.label, pk=str(job.pk), at=place(error))


@shared_task(ignore_result=True)
def tick() -> None:
    """Each minute: run the clock's duties that are due."""
    clock.tick(now())
