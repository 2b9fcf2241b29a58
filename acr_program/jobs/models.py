import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from . import wake
from .errors import LeaseLost, PermanentError

MARGIN = timedelta(seconds=15)
LONGEST_WAIT = 60  # minutes


class State(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("in work")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


OPEN = [State.QUEUED, State.RUNNING]


class Job(models.Model):
    """A row that asks for work. The row is the truth; Celery only rings the bell (design rule 3)."""

    TRIES: ClassVar[int] = 6
    WALL: ClassVar[timedelta] = timedelta(seconds=60)
    QUEUE: ClassVar[str] = "celery"
    BATCH: ClassVar[int] = 25  # rows one bell from the sweep names; 1 where a row takes seconds

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED, editable=False)
    due_at = models.DateTimeField(_("due"), default=now, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    error = models.TextField(_("last error"), blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=now, editable=False)
    done_at = models.DateTimeField(_("done at"), null=True, editable=False)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["state", "due_at"], name="%(app_label)s_%(class)s_due")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="%(app_label)s_%(class)s_state_known")
        ]

    def work(self) -> None:
        """Do the duty; safe to repeat, for a worker may die after working and before finishing."""
        raise NotImplementedError

    def on_failed(self) -> None:
        """Called once, in the transaction that gives the row up."""

    @classmethod
    def lease(cls) -> timedelta:
        """How long a claim holds: the kind's wall limit and a margin."""
        seconds = getattr(settings, "ACR_LEASE_SECONDS", None)
        return cls.WALL + MARGIN if seconds is None else timedelta(seconds=float(seconds))

    @classmethod
    def due(cls) -> QuerySet[Self]:
        """Rows somebody should be working on now: new, postponed until now, or left by a dead worker."""
        return cls._default_manager.filter(state__in=OPEN, due_at__lte=now())

    @classmethod
    def claim(cls, pk: object) -> Self | None:
        """Take the row on a lease, or None: done, not due yet, or in another worker's hands."""
        with transaction.atomic():
            taken = (
                cls.due()
                .filter(pk=pk, attempts__lt=cls.TRIES)
                .update(state=State.RUNNING, due_at=now() + cls.lease(), attempts=F("attempts") + 1)
            )
            return cls._default_manager.get(pk=pk) if taken else None

    def ring(self) -> None:
        """Ask a worker to look at this row once the transaction is through."""
        wake.ring([self])

    def _mine(self) -> QuerySet[Self]:
        """The row, as long as it stands as this worker claimed it: nobody overwrites a later claim."""
        return type(self)._default_manager.filter(pk=self.pk, state=State.RUNNING, attempts=self.attempts)

    def _write(self, **fields: object) -> bool:
        written = self._mine().update(**fields) == 1
        if written:
            for name, value in fields.items():
                setattr(self, name, value)
        return written

    def finish(self) -> bool:
        """Mark the row done; False when the lease was lost to another worker."""
        return self._write(state=State.DONE, error="", done_at=now())

    @contextmanager
    def settle(self) -> Iterator[None]:
        """Effects in the database and the row's end in one transaction: both, or neither when the lease was lost."""
        with transaction.atomic():
            yield
            if not self.finish():
                raise LeaseLost(f"{self._meta.label} {self.pk}")

    def postpone(self, error: BaseException) -> bool:
        """Keep the error and try again later and later; give up when out of tries or when trying cannot help."""
        if isinstance(error, PermanentError) or self.attempts >= self.TRIES:
            return self._give_up(describe(error))
        wait = timedelta(minutes=min(2 ** (self.attempts - 1), LONGEST_WAIT))
        return self._write(state=State.QUEUED, error=describe(error), due_at=now() + wait)

    def _give_up(self, sentence: str) -> bool:
        """The state and its consequences stand or fall together: a hook that breaks is tried again by the sweep."""
        with transaction.atomic():
            given_up = self._write(state=State.FAILED, error=sentence, done_at=now())
            if given_up:
                self.on_failed()
        return given_up

    def give_up_if_spent(self) -> bool:
        """For the sweep: a row that is due again and out of tries has failed."""
        with transaction.atomic():
            spent = type(self).due().filter(pk=self.pk, attempts=self.attempts, attempts__gte=self.TRIES)
            sentence = self.error or str(_("The work was begun %(n)s times and never finished.") % {"n": self.attempts})
            if not spent.update(state=State.FAILED, error=sentence, done_at=now()):
                return False
            self.state, self.error = State.FAILED, sentence
            self.on_failed()
        return True

    def retry(self) -> bool:
        """Take a failed row up again from the first try, because somebody has mended the cause."""
        taken = type(self)._default_manager.filter(pk=self.pk, state=State.FAILED)
        if not taken.update(state=State.QUEUED, attempts=0, due_at=now(), done_at=None):
            return False
        self.refresh_from_db()
        self.ring()
        return True


def describe(error: BaseException) -> str:
    """The error as it stands on the row: the sentence alone when somebody wrote one."""
    text = str(error) if isinstance(error, PermanentError) else f"{type(error).__name__}: {error}"
    return text.replace("\x00", "")[:2000]


def place(error: BaseException) -> str:
    """Where an error arose, without its words: those may hold customer text, and logs hold none (P36)."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"


class Duty(models.Model):
    """One recurring duty of the clock: when it is due next, and how the last run went."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    due_at = models.DateTimeField(_("due"))
    last_run_at = models.DateTimeField(_("last run"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("duty of the clock")
        verbose_name_plural = _("duties of the clock")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def beat(cls, name: str) -> None:
        """Note that something ran just now, for health to read."""
        moment = now()
        if not cls.objects.filter(name=name).update(last_run_at=moment, due_at=moment):
            cls.objects.get_or_create(name=name, defaults={"due_at": moment, "last_run_at": moment})
