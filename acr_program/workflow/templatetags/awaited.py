"""What a step did and what it makes wait, in words, for the mail that tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from acr_program.people.choices import Role
from acr_program.ui.phrases import names
from acr_program.workflow.log import LogEntry
from acr_program.workflow.steps import Await, Step
from acr_program.workflow.words import outcome_of

register = template.Library()


@dataclass(frozen=True)
class Next:
    """One thing that waits now: what, for whom, by when, whether it is the reader's, and whether others share it."""

    what: Any
    who: str
    due_on: date
    mine: bool
    shared: bool = False


@dataclass(frozen=True)
class Told:
    """Who did what to which thing, and what follows from it."""

    headline: str
    then: str


@register.simple_tag
def told(step: Step, about: Any, entry: LogEntry) -> Told:
    """By name and deed; what the clock did is said as what is so now. `entry` may be of a part of the thing told of."""
    outcome = outcome_of(type(about), step.name)
    if entry.by.is_system:
        words = _("%(done)s: %(thing)s") % {"done": outcome.done, "thing": about.in_a_sentence}
    else:
        deed = {"who": entry.by_name, "did": entry.sentence, "thing": about.in_a_sentence}
        words = _("%(who)s %(did)s: %(thing)s") % deed
    return Told(words, str(outcome.then))


@register.simple_tag
def awaited(step: Step, about: Any, person: Any) -> list[Next]:
    """What waits once this step is taken, from its declaration: no query."""
    return [next_of(wanted, about, person) for wanted in step.awaits]


def next_of(wanted: Await, about: Any, person: Any) -> Next:
    due_on = localtime(wanted.due(about)).date()
    if isinstance(wanted.who, Role):
        mine = getattr(person, "told_as", "") == wanted.who
        return Next(wanted.what, str(wanted.who.label), due_on, mine, shared=mine)
    people = list(wanted.who(about))
    mine = person in people or getattr(person, "told_for", None) in people
    return Next(wanted.what, names(one.name for one in people), due_on, mine)
