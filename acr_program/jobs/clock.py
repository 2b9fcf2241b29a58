"""What the clock does by itself: named duties, each with one row that says when it is due next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import structlog
from django.db.models import F
from django.utils.timezone import get_default_timezone, now

from .models import Duty, describe, place

logger = structlog.get_logger(__name__)

LEASE = timedelta(minutes=15)
WRONG_CLOCK = timedelta(hours=2)  # a last run further ahead than this was dated by a clock since put right
Work = Callable[[datetime], object]


@dataclass(frozen=True)
class Spec:
    """How often a duty falls due, and what it does."""

    name: str
    work: Work
    every: timedelta | None = None
    at: time | None = None

    def next_after(self, moment: datetime) -> datetime:
        """The next moment due, in the program's own time zone for a time of day."""
        if self.every is not None:
            return moment + self.every
        assert self.at is not None
        zone = get_default_timezone()
        day = moment.astimezone(zone).date()
        while True:
            # Through UTC, so that an hour left out or doubled by a clock change gives one real moment.
            due = datetime.combine(day, self.at, zone).astimezone(UTC)
            if due > moment:
                return due
            day += timedelta(days=1)


registry: dict[str, Spec] = {}


def duty(name: str, *, every: timedelta | None = None, at: time | None = None) -> Callable[[Work], Work]:
    """Name a function of the moment as a duty; after a gap it runs once, so it must look at what is due, not count."""
    if (every is None) == (at is None):
        raise TypeError(f"The duty {name} needs either every= or at=.")

    def register(work: Work) -> Work:
        registry[name] = Spec(name, work, every, at)
        return work

    return register


def tick(moment: datetime | None = None) -> list[str]:
    """Run each duty that is due, once; the names of those that ran."""
    moment = moment or now()
    rows = {row.name: row for row in Duty.objects.filter(name__in=registry)}
    ran = []
    for spec in list(registry.values()):
        row = rows.get(spec.name) or _first(spec, moment)
        _put_right(spec, row, moment)
        if row.due_at <= moment and _claim(row, moment):
            _run(spec, row, moment)
            ran.append(spec.name)
    Duty.beat("jobs.tick")
    return ran


def _first(spec: Spec, moment: datetime) -> Duty:
    """A new duty: at once when it is one of intervals, else at its next time of day."""
    due = moment if spec.every is not None else spec.next_after(moment)
    return Duty.objects.get_or_create(name=spec.name, defaults={"due_at": due})[0]


def _put_right(spec: Spec, row: Duty, moment: datetime) -> None:
    """A clock that ran ahead and was put back must not leave a duty waiting for days."""
    latest = spec.next_after(moment)
    ran_ahead = row.last_run_at is not None and row.last_run_at > moment + WRONG_CLOCK
    if row.due_at > latest + LEASE and (spec.every is not None or row.last_run_at is None or ran_ahead):
        Duty.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=latest)
        row.due_at = latest


def _claim(row: Duty, moment: datetime) -> bool:
    """Whoever moves the due moment on has the duty; should the process die, it is due again after the lease."""
    lease = moment + LEASE
    claimed = Duty.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=lease, attempts=F("attempts") + 1)
    row.due_at, row.attempts = lease, row.attempts + 1
    return claimed == 1


def _run(spec: Spec, row: Duty, moment: datetime) -> None:
    mine = Duty.objects.filter(pk=row.pk, due_at=row.due_at)
    try:
        spec.work(moment)
    except Exception as error:
        logger.error("duty_failed", duty=spec.name, error=type(error).__name__, at=place(error))
        wait = timedelta(minutes=min(2 ** min(row.attempts - 1, 6), 60))
        mine.update(due_at=min(moment + wait, spec.next_after(moment)), error=describe(error))
    else:
        mine.update(due_at=spec.next_after(moment), last_run_at=moment, attempts=0, error="")
