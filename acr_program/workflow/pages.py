"""The page that draws the machines: what can stand where, who moves it, and how many stand there now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from .docs import machines
from .drawing import Picture, draw
from .machine import Machine
from .registry import consequences
from .steps import Step, meaning_of

STANDING = ("machine", "status")


@dataclass(frozen=True)
class State:
    """One state of a machine, with how many stand in it."""

    label: str
    tone: str
    count: int


@dataclass(frozen=True)
class Row:
    """One step in the table: its number in the picture, and everything that is declared about it."""

    number: int
    step: Step
    sources: list[State]
    target: State
    needs: list[str]
    asks: bool
    awaits: list[str]
    then: list[str]


@dataclass(frozen=True)
class Drawn:
    """One machine as its page shows it."""

    label: str
    name: str
    meaning: str
    total: int
    states: list[State]
    picture: Picture
    rows: list[Row]


def machines_page(request: HttpRequest) -> HttpResponse:
    """All machines: one query for all their counts."""
    found = machines()
    counted = counts(found)
    return render(
        request, "workflow/machines.html", {"machines": [describe(m, counted[m._meta.label_lower]) for m in found]}
    )


def machine_page(request: HttpRequest, label: str) -> HttpResponse:
    model = next((model for model in machines() if model._meta.label_lower == label), None)
    if model is None:
        raise Http404(_("There is no such machine."))
    machine = describe(model, counts([model])[label])
    return render(request, "workflow/machine.html", {"machine": machine})


def counts(models: list[type[Machine]]) -> dict[str, dict[str, int]]:
    """How many rows of each machine stand in each state: one query, whatever their number."""
    found: dict[str, dict[str, int]] = {model._meta.label_lower: {} for model in models}
    if models:
        first, *others = [standing(model) for model in models]
        for label, state, count in first.union(*others, all=True).order_by():
            found[label][state] = count
    return found


def standing(model: Any) -> Any:
    name = Value(model._meta.label_lower, output_field=CharField())
    rows = model._default_manager.order_by().annotate(machine=name).values(*STANDING)
    return rows.annotate(n=Count("pk")).values_list(*STANDING, "n")


def describe(model: Any, counted: dict[str, int]) -> Drawn:
    choices = model._meta.get_field("status").flatchoices
    states = {str(s): State(str(label), model.tone_of(str(s)), counted.get(str(s), 0)) for s, label in choices}
    return Drawn(
        label=model._meta.label_lower,
        name=str(model._meta.verbose_name).capitalize(),
        meaning=meaning_of(model),
        total=sum(counted.values()),
        states=list(states.values()),
        picture=draw(model, counted),
        rows=[row(model, number, step, states) for number, step in enumerate(model.declared_steps().values(), 1)],
    )


def row(model: type[Machine], number: int, step: Step, states: dict[str, State]) -> Row:
    return Row(
        number=number,
        step=step,
        sources=[states[source] for source in step.sources],
        target=states[step.target],
        needs=[str(need.says) for need in model.needs_of(step)],
        asks=bool(step.form),
        awaits=[str(awaited.what) for awaited in step.awaits],
        then=[act.__name__.replace("_", " ") for act in consequences(model.step_name(step.name))],
    )
