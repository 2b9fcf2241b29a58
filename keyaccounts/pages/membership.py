"""One membership as its page shows it: where it stands, what may happen next, and the sections of the programme's parts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

from acr_program.desk.beside.showing import Beside
from acr_program.people.models import User
from acr_program.workflow.offers import next_step
from reviews.pages.one import OnePage

from ..models import Membership
from . import filter_section, incubation_section, panel_section, value_section

Section = Callable[[Membership, User], dict[str, Any] | None]


class Drawn(NamedTuple):
    """A section with something to show: its template, and what that is drawn with (`section`)."""

    template: str
    section: dict[str, Any]


# A part of the programme adds its section here: its name (the template is keyaccounts/NAME_section.html) and its function.
SECTIONS: list[tuple[str, Section]] = [
    ("filter", filter_section.section),
    ("incubation", incubation_section.section),
    ("panel", panel_section.section),
    ("value", value_section.section),
]


class MembershipPage(OnePage[Membership]):
    """One membership, for one reader."""

    @property
    def next(self) -> str:
        return next_step(self.of)

    @cached_property
    def sections(self) -> list[Drawn]:
        found = ((name, section(self.of, self.user)) for name, section in SECTIONS)
        return [Drawn(f"keyaccounts/{name}_section.html", said) for name, said in found if said is not None]

    @cached_property
    def beside(self) -> Beside:
        return Beside(self.of, self.user)
