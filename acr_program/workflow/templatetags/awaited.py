"""What a step makes wait, in words, for the mail that tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils.timezone import localtime

from acr_program.people.choices import Role
from acr_program.ui.phrases import names
from acr_program.workflow.steps import Await, Step

register = template.Library()


@dataclass(frozen=True)
class Next:
    """One thing that waits now: what, for whom, by when, and whether it is the reader's."""

    what: Any
    who: str
    due_on: date
    mine: bool


@register.simple_tag
def awaited(step: Step, about: Any, person: Any) -> list[Next]:
    """What waits once this step is taken, from its declaration: no query."""
    return [next_of(wanted, about, person) for wanted in step.awaits]


def next_of(wanted: Await, about: Any, person: Any) -> Next:
    due_on = localtime(wanted.due(about)).date()
    if isinstance(wanted.who, Role):
        return Next(wanted.what, str(wanted.who.label), due_on, mine=False)
    people = list(wanted.who(about))
    return Next(wanted.what, names(one.name for one in people), due_on, mine=person in people)
