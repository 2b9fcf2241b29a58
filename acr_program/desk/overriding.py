"""What the program does by itself, and how each of it is done by hand instead (R-20), said by the apps above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from acr_program.people.roles import the_clock


@dataclass(frozen=True)
class Override:
    """One automatic act, when it happens, and who does the same by hand, by which step or page."""

    what: Any
    when: Any
    by_hand: Any
    who: Any


_overrides: dict[str, tuple[Any, Any, str, Any, Any]] = {}


def override(key: str, what: Any, when: Any, *, step: str = "", page: Any = "", who: Any = "") -> None:
    """Say one: `step` as "app.model.step", or the words for a page where no step is the way; the same key replaces."""
    _overrides[key] = (what, when, step, page, who)


def by_hand() -> list[Override]:
    """Every one with its step by its own label, and the roles that the step itself names."""
    return [said(*given) for given in _overrides.values()]


def said(what: Any, when: Any, step: str, page: Any, who: Any) -> Override:
    if not step:
        return Override(what, when, page, who)
    label, _dot, name = step.rpartition(".")
    declared = apps.get_model(label).declared_steps()[name]
    people = _(" or ").join(str(role.title) for role in declared.by if role is not the_clock)
    return Override(what, when, _("“%(step)s”") % {"step": declared.label}, people)
