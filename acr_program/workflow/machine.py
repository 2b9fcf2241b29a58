"""A machine: a row whose state changes by steps alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from .errors import Direct
from .log import LogEntry, LogQuerySet
from .registry import gate
from .steps import Audience, Await, Need, Step


class Taken(NamedTuple):
    """What `perform` did: the log row, and whether it was there already from the same click."""

    entry: LogEntry
    repeated: bool


class Machine(FSMModelMixin, models.Model):
    """A row with a `status` and a `version`; every change of it is a step or an edit, logged.

    A subclass declares `status` (a protected FSMField), its steps, `get_absolute_url` and `account_id`. `LOCKS` names the
    attribute of its root: the row that is locked before this one. `READS` names the relations that its steps look at: fetched with
    the row once it is locked. `WAITER` names the attribute of whoever waits while
    others hold it. `BEGINS_*` say what a new row makes wait, whom it concerns, and by which mail they hear of it.
    `DERIVES` names the fields that `derive` sets from others, whichever door the row is written through.
    `ON_ITS_PAGE` names the steps whose form stands on the object's own page, beside what one has to read first.
    `FOUNDED` names the states in which a row may stand that a migration put there: no step led to it, and its log begins there.
    """

    LOCKS: ClassVar[str | None] = None
    WAITER: ClassVar[str | None] = None
    READS: ClassVar[tuple[str, ...]] = ()
    BEGINS_AWAITS: ClassVar[tuple[Await, ...]] = ()
    BEGINS_TELLS: ClassVar[tuple[Audience, ...]] = ()
    BEGINS_MAIL: ClassVar[str] = "step"
    DERIVES: ClassVar[tuple[str, ...]] = ()
    ON_ITS_PAGE: ClassVar[tuple[str, ...]] = ()
    FOUNDED: ClassVar[tuple[str, ...]] = ()
    taken: Taken
    account_id: Any
    status: Any
    get_absolute_url: Callable[[], str]
    get_status_display: Callable[[], str]

    version = models.PositiveIntegerField(_("version"), default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Closed: rows are written through `perform`, `edit`, `begin` and `note`, which log what they write (rule 1)."""
        raise Direct("A machine's row is written through perform, edit, begin or note, never by saving it.")

    def keep(self, **options: Any) -> None:
        """Save the row; for those four doors alone."""
        self.derive()
        super().save(**options)

    def derive(self) -> None:
        """Set the fields named in DERIVES."""

    @classmethod
    @cache
    def declared_steps(cls) -> dict[str, Step]:
        """The steps by name, in the order of the file."""
        state: Any = cls._meta.get_field("status")
        found = {t.name: t.custom["step"] for t in state.get_all_transitions(cls)}
        return dict(sorted(found.items(), key=lambda item: item[1].rank))

    @classmethod
    @cache
    def steps_out_of(cls, state: str) -> tuple[Step, ...]:
        return tuple(step for step in cls.declared_steps().values() if state in step.sources)

    @classmethod
    def step_name(cls, name: str) -> str:
        """The name under which gates and consequences know a step."""
        return f"{cls._meta.model_name}.{name}"

    @classmethod
    def needs_of(cls, step: Step) -> list[Need]:
        """What the step needs: its own conditions, then those that gates have added."""
        return [*step.needs, *gate(cls.step_name(step.name))]

    @classmethod
    def tone_of(cls, state: str) -> str:
        tones = getattr(getattr(cls, "STATES", None), "tones", {})
        return str(tones.get(state, "neutral"))

    @property
    def tone(self) -> str:
        return self.tone_of(self.status)

    @property
    def steps_url(self) -> str:
        """Where the steps of this object are taken: its page, then steps/NAME/."""
        return f"{self.get_absolute_url()}steps/"

    @property
    def in_a_sentence(self) -> str:
        """The thing as a sentence names it when a step of it is told."""
        return str(self)

    @property
    def waits_as(self) -> str:
        """The thing as it is named to whoever has to do something about it."""
        return str(self)

    def also_told(self) -> list[Any]:
        """Who hears, beside the holder's leader, of what stays undone with it."""
        return []

    @property
    def waiter(self) -> Any:
        """The person whose matter this is, and who waits while others hold it."""
        return getattr(self, self.WAITER) if self.WAITER else None

    def log(self) -> LogQuerySet:
        return LogEntry.objects.of(self)

    def outgoing(self) -> list[Step]:
        """The steps that lead out of the present state, in the order of the file."""
        return list(self.steps_out_of(str(self.status)))

    def find(self, name: str) -> Step | None:
        return next((step for step in self.outgoing() if step.name == name), None)

    def unmet(self, step: Step) -> list[str]:
        return [sentence for need in self.needs_of(step) if (sentence := need.missing(self))]
