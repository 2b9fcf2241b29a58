"""A step is a state change declared once, on its model (ARCHITECTURE.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any, cast

from django.utils.functional import Promise
from django_fsm import transition

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import RolePredicate

from . import days
from .errors import Direct

Words = str | Promise
Audience = Callable[[Any], Iterable[Any]]
_rank = count()


@dataclass(frozen=True)
class Need:
    """A condition of a step, with the sentence people read while it is not met.

    `names(obj)` says it with the names of what is missing, and nothing where nothing is: it is asked in place of `holds`.
    """

    says: Words
    holds: Callable[[Any], bool]
    names: Callable[[Any], str] | None = None

    def missing(self, obj: Any) -> str:
        """The sentence about this object; empty where the condition is met."""
        if self.names is not None:
            return self.names(obj)
        return "" if self.holds(obj) else str(self.says)


@dataclass(frozen=True)
class Await:
    """What waits for somebody once a step is taken: the obligation it opens, closed when the state is left.

    `who` is a role (one obligation for all who hold it) or an audience (one for each person). `days` counts working
    days from now; `by` names an attribute or property of the object with the date instead. `remind`, `again` and `escalate`
    count working days from now; where `again` is not said there is one reminder. `step` names what answers it.
    """

    what: Words
    who: Role | Audience
    step: str
    days: int = 2
    by: str = ""
    remind: int = 0
    again: int = 0
    escalate: int = 0

    def due(self, obj: Any) -> datetime:
        day: date | None = getattr(obj, self.by) if self.by else None
        return days.close_of(day) if day else days.due_in(self.days)


@dataclass(frozen=True)
class Step:
    """What is declared about one step, beside what the engine keeps."""

    name: str
    label: Words
    sources: tuple[str, ...]
    target: str
    by: Sequence[RolePredicate]
    needs: Sequence[Need] = ()
    tells: Sequence[Audience] = ()
    form: str | None = None
    awaits: Sequence[Await] = ()
    holder: str | None = None
    kind: str = ""
    mail: str = "step"
    undo: tuple[str, ...] = ()
    rank: int = field(default_factory=lambda: next(_rank))
    meaning: str = ""

    @property
    def who(self) -> str:
        return " or ".join(str(role.title) for role in self.by)

    def is_for(self, user: User, obj: Any) -> bool:
        return any(role(user, obj) for role in self.by)


CITED = re.compile(r"\s*\((?:[A-Z]+-?\d+(?:, )?)+\)")


def meaning_of(declared: Any) -> str:
    """What a step or a machine is for, in the first words of its docstring, without the demands it cites."""
    first = (declared.__doc__ or "").strip().partition("\n\n")[0]
    return CITED.sub("", " ".join(first.split()))


def step(
    field: Any,
    source: str | Sequence[str],
    target: str,
    *,
    label: Words,
    by: Sequence[RolePredicate],
    needs: Sequence[Need] = (),
    tells: Sequence[Audience] = (),
    form: str | None = None,
    awaits: Sequence[Await] = (),
    holder: str | None = None,
    kind: str = "",
    mail: str = "step",
    undo: str | Sequence[str] = (),
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a step. The method sets fields and creates rows; it never sends, renders or calls out.

    `by` are the roles that may take it; there is no default and superusers get nothing free. `needs` are conditions with
    their sentence. `tells` are audiences who get the mail named by `mail`. `form` is the dotted path of the form that asks
    what the method takes. `awaits` opens obligations. `holder` names the attribute of the person whose act it is: a stand-in's
    act is logged with both names. `kind` is "danger" for what cannot be taken back, "quiet" for what is rarely wanted.
    `undo` names the steps that take it back, each to one of its sources; they ask nothing, or a comment alone
    (docs/decisions/0016-taking-back.md).
    """
    sources = (source,) if isinstance(source, str) else tuple(source)

    def declare(method: Callable[..., None]) -> Callable[..., None]:
        declared = Step(
            method.__name__, label, tuple(map(str, sources)), str(target), tuple(by), tuple(needs), tuple(tells), form,
            tuple(awaits), holder, kind, mail, (undo,) if isinstance(undo, str) else tuple(undo), meaning=meaning_of(method),
        )  # fmt: skip
        wrap = transition(
            field=field,
            source=list(sources),
            target=target,
            conditions=[performed],
            permission=lambda obj, user: declared.is_for(user, obj),
            custom={"step": declared},
        )
        return cast("Callable[..., None]", wrap(method))

    return declare


def performed(obj: Any) -> bool:
    """Steps are taken by `perform` alone: the engine itself would check neither person nor needs."""
    if not getattr(obj, "_performing", False):
        raise Direct("A step is taken through perform(), never by calling its method.")
    return True
