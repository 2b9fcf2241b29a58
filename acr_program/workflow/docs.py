"""The machines as text: chart and table, made from the declarations alone."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from .machine import Machine
from .registry import consequences
from .steps import Step


def machines() -> list[type[Machine]]:
    """Every machine of the program, by app and name."""
    found = [model for model in apps.get_models() if issubclass(model, Machine)]
    return sorted(found, key=lambda model: model._meta.label_lower)


def as_markdown(model: type[Machine]) -> str:
    """One machine: its states as a chart, its steps as a table."""
    state: Any = model._meta.get_field("status")  # type: ignore[misc]
    states = dict(state.flatchoices)
    steps = model.declared_steps().values()
    lines = [f"# {str(model._meta.verbose_name).capitalize()}", "", (model.__doc__ or "").strip().splitlines()[0], ""]
    lines += ["```mermaid", "stateDiagram-v2"]
    lines += [f'  state "{label}" as {state}' for state, label in states.items()]
    lines += [f"  {source} --> {s.target}: {s.name}" for s in steps for source in s.sources]
    lines += [
        "```",
        "",
        "| step | label | from | to | who | needs | asks | tells | makes wait | then | taken back by |",
        "|" + "---|" * 11,
    ]
    lines += ["| " + " | ".join(_row(model, s)) + " |" for s in steps]
    return "\n".join(lines) + "\n"


def _row(model: type[Machine], step: Step) -> list[str]:
    return [
        step.name,
        str(step.label),
        ", ".join(step.sources),
        step.target,
        step.who,
        " ".join(str(need.says) for need in model.needs_of(step)),
        "a form" if step.form else "",
        ", ".join(audience.__name__.replace("_", " ") for audience in step.tells),
        " ".join(str(awaited.what) for awaited in step.awaits),
        ", ".join(act.__name__.replace("_", " ") for act in consequences(model.step_name(step.name))),
        ", ".join(step.undo),
    ]


def files() -> dict[str, str]:
    """The files of docs/workflows: name and content."""
    return {f"{model._meta.app_label}-{model._meta.model_name}.md": as_markdown(model) for model in machines()}
