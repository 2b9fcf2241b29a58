"""What apps add to steps from their AppConfig.ready: gates, consequences, panels, where a page leads (ARCHITECTURE.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from django.db import models

from .steps import Need

_gates: dict[str, list[Need]] = defaultdict(list)
_consequences: dict[str, list[Callable[[Any, Any], None]]] = defaultdict(list)
_panels: dict[str, list[Callable[[Any, Any], Any]]] = defaultdict(list)
_pages: dict[str, Callable[[Any, Any, Any], Any]] = {}
_edits: dict[str, list[EditDoor]] = defaultdict(list)
_explained: list[Callable[[Any, str], Onward | None]] = []
_leads: dict[str, Callable[[Any, Any], Onward | None]] = {}


class Onward(NamedTuple):
    """Where a page leads once its step is taken, and the sentence that says so there."""

    url: str
    sentence: str


class EditDoor(NamedTuple):
    """Fields of a machine that people edit by hand, and who may edit them now."""

    fields: frozenset[str]
    may: Callable[[Any, Any], bool]


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
    """What apps above show on this object's page; what several of them ask is asked once."""
    from .book import reading

    with reading():
        drawn = [draw(obj, user) for draw in _panels.get(obj._meta.label_lower, ())]
    return [fragment for fragment in drawn if fragment]


def own_page(name: str, draw: Callable[[Any, Any, Any], Any]) -> None:
    """Draw a form of the step "model.step" that needs another look on the thing's own page, where it was typed.

    `draw(request, obj, form)` gives the answer, or None where the form does not stand on that person's page.
    """
    _pages[name.lower()] = draw


def drawn_on_its_page(name: str, request: Any, obj: Any, form: Any) -> Any:
    draw = _pages.get(name.lower())
    return draw(request, obj, form) if draw else None


def lead(name: str, to: Callable[[Any, Any], Onward | None]) -> None:
    """Let a page lead on to `to(obj, user)` after the step "model.step"; None leads back to the thing itself."""
    _leads[name.lower()] = to


def onward(name: str, obj: Any, user: Any) -> Onward | None:
    to = _leads.get(name.lower())
    return to(obj, user) if to else None


def explain(where: Callable[[Any, str], Onward | None]) -> None:
    """Let the page of a step lead to where the step is described: `where(obj, name)`, None where it is not."""
    if where not in _explained:
        _explained.append(where)


def explanation(obj: Any, name: str) -> Onward | None:
    return next((found for where in _explained if (found := where(obj, name))), None)


def edit_door(model: type[models.Model], fields: Iterable[str], may: Callable[[Any, Any], bool]) -> None:
    """Let an edit of these fields be taken back by whoever made it, while `may(user, obj)` still lets them edit."""
    door = EditDoor(frozenset(fields), may)
    if door not in _edits[model._meta.label_lower]:
        _edits[model._meta.label_lower].append(door)


def edit_doors(model: type[models.Model]) -> list[EditDoor]:
    return list(_edits.get(model._meta.label_lower, ()))
