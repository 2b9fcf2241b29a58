"""What apps above add to the steps of apps below, from their AppConfig.ready: gates, consequences, panels (ARCHITECTURE.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models

from .steps import Need

_gates: dict[str, list[Need]] = defaultdict(list)
_consequences: dict[str, list[Callable[[Any, Any], None]]] = defaultdict(list)
_panels: dict[str, list[Callable[[Any, Any], Any]]] = defaultdict(list)


class Gate:
    """The needs that others hang on one step, named "model.step"."""

    def __init__(self, name: str) -> None:
        self.name = name.lower()

    def add(self, need: Need) -> None:
        if need not in _gates[self.name]:
            _gates[self.name].append(need)

    def __iter__(self) -> Iterator[Need]:
        return iter(_gates.get(self.name, ()))


def gate(name: str) -> Gate:
    """The gate of one step: `gate("reviewrequest.submit").add(Need(...))`."""
    return Gate(name)


def after(name: str, act: Callable[[Any, Any], None]) -> None:
    """Let `act(obj, entry)` follow the step "model.step" inside the same transaction, in the order listed."""
    if act not in _consequences[name.lower()]:
        _consequences[name.lower()].append(act)


def consequences(name: str) -> list[Callable[[Any, Any], None]]:
    return list(_consequences.get(name.lower(), ()))


def panel(model: type[models.Model], draw: Callable[[Any, Any], Any]) -> None:
    """Show `draw(obj, user)` (a fragment, or None) on the record page of a model below; one query each."""
    if draw not in _panels[model._meta.label_lower]:
        _panels[model._meta.label_lower].append(draw)


def panels(obj: models.Model, user: Any) -> list[Any]:
    drawn = (draw(obj, user) for draw in _panels.get(obj._meta.label_lower, ()))
    return [fragment for fragment in drawn if fragment]
