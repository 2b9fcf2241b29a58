"""The bell: after the commit it tells a worker which rows to look at. It may fail; the sweep rings again (rule 4)."""

import os
import threading
from collections.abc import Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

import structlog
from celery import current_app
from django.db import transaction

if TYPE_CHECKING:
    from .models import Job

logger = structlog.get_logger(__name__)

BUDGET = 0.25  # seconds that bells may take from one thread within any second
PAUSE = 10.0  # seconds without a try after a failed one: the sweep comes as often
PATIENCE = {"socket_timeout": 0.1, "socket_connect_timeout": 0.1, "max_retries": 0, "retry_on_timeout": False}


class Bell:
    """One process's way to the broker: its breaker, and its counters for health."""

    def __init__(self) -> None:
        self.rung = self.failed = self.skipped = 0
        self.silent_until = 0.0
        self.last_error = ""
        self._own = threading.local()

    def status(self) -> dict[str, Any]:
        """What health shows: how often ringing worked, failed, or was left out, and whether it pauses now."""
        return {
            "rung": self.rung,
            "failed": self.failed,
            "skipped": self.skipped,
            "pausing": monotonic() < self.silent_until,
            "last_error": self.last_error,
        }

    def reset(self) -> None:
        """As new: for tests, and for whoever has mended the broker and will not wait."""
        self.__init__()  # type: ignore[misc]

    def strike(self, label: str, queue: str, pks: Sequence[object], expires: float | None) -> bool:
        """Publish once, without a second try; False when the broker would not take it in time."""
        from .tasks import run

        started = monotonic()
        if started < self.silent_until or not self._within_budget(started):
            self.skipped += 1
            return False
        try:
            run.apply_async([label, *pks], queue=queue, producer=self._producer(), retry=False, expires=expires)
        except Exception as error:  # whatever the broker does must not reach the page that was just saved
            self._fail(error)
            return False
        finally:
            self._own.spent += monotonic() - started
        self.rung += 1
        return True

    def _within_budget(self, started: float) -> bool:
        own = self._own
        if started - getattr(own, "since", -BUDGET) > 1:
            own.since, own.spent = started, 0.0
        return bool(own.spent < BUDGET)

    def _producer(self) -> Any:
        """One connection a thread, never shared with a forked child."""
        own = self._own
        if getattr(own, "pid", None) != os.getpid():
            own.pid, own.producer = os.getpid(), None
        if own.producer is None:
            connection = current_app.connection_for_write(connect_timeout=0.2, transport_options=PATIENCE)
            own.producer = current_app.amqp.Producer(connection, auto_declare=False)
        return own.producer

    def _fail(self, error: Exception) -> None:
        self.failed += 1
        self.silent_until = monotonic() + PAUSE
        self.last_error = type(error).__name__
        self._own.producer = None  # not closed: closing would talk to the broker again
        logger.warning("bell_failed", error=self.last_error, pause_seconds=PAUSE)


bell = Bell()
status = bell.status


def ring(jobs: Sequence["Job"]) -> None:
    """Once the transaction is through, ask for these rows, all of one kind, to be worked."""
    if jobs:
        transaction.on_commit(partial(publish, type(jobs[0]), [job.pk for job in jobs]), robust=True)


def publish(kind: type["Job"], pks: Sequence[object], expires: float | None = None) -> None:
    """Ring for rows of one kind, so many a bell as the kind says."""
    for start in range(0, len(pks), kind.BATCH):
        batch = [pk if isinstance(pk, int) else str(pk) for pk in pks[start : start + kind.BATCH]]
        bell.strike(kind._meta.label, kind.QUEUE, batch, expires)
