import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import structlog
from django.db import connections
from django.utils.translation import gettext as _

from .errors import LeaseLost, TookTooLong
from .faults import fault
from .kinds import kinds
from .models import Job, State, place

logger = structlog.get_logger(__name__)


def work_row(kind: type[Job], pk: object) -> bool:
    """Claim one row, work it, write down how it went; False when there was nothing to claim."""
    job = kind.claim(pk)
    if job is None:
        return False
    log = logger.bind(kind=kind._meta.label, pk=str(pk), attempt=job.attempts)
    try:
        fault("job_claimed")
        with within(kind.WALL.total_seconds()):
            job.work()
        fault("job_worked")
        if job.state != State.DONE and not job.finish():
            raise LeaseLost
    except LeaseLost:
        log.warning("job_lease_lost")
    except Exception as error:
        log.error("job_failed", error=type(error).__name__, at=place(error))
        _close_broken(error)
        job.postpone(error)
    else:
        log.info("job_done")
    return True


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Break work off at its wall limit; only a main thread can, elsewhere the lease has to do."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_signal: object) -> None:
        raise TookTooLong(_("The work took longer than its limit of %(seconds)d seconds.") % {"seconds": seconds})

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _close_broken(error: Exception) -> None:
    """Work broken off in mid-query may leave a connection half read: the next query gets a new one."""
    if isinstance(error, TookTooLong):
        for connection in connections.all(initialized_only=True):
            if not connection.in_atomic_block:
                connection.close()


def drain(labels: Iterable[str] | None = None, *, limit: int = 100_000) -> int:
    """Work in this process whatever is due, also what that work brings forth, until nothing is; how many."""
    chosen = kinds(labels)
    worked = 0
    while worked < limit:
        before = worked
        for kind in chosen:
            spent = kind.due().filter(attempts__gte=kind.TRIES)
            for job in spent[:limit]:
                job.give_up_if_spent()
            due = kind.due().filter(attempts__lt=kind.TRIES).order_by("due_at", "pk")
            for pk in list(due.values_list("pk", flat=True)[: min(limit - worked, 1000)]):
                worked += work_row(kind, pk)
        if worked == before:
            break
    return worked
