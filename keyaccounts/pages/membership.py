"""One membership as its page shows it: where it stands, what may happen next, and the sections of the programme's parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from acr_program.desk.beside.showing import Beside
from acr_program.people.models import User
from acr_program.ui.phrases import day
from acr_program.workflow.offers import next_step
from reviews.pages.one import OnePage

from ..models import Membership
from ..ways import Stretch, ways_of, what_next
from . import filter_section, incubation_section, panel_section, value_section
from .picture import Ways, way_of

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


def sentence_of(membership: Membership, stretches: Sequence[Stretch]) -> str:
    """Where it stands, since when, and what comes next."""
    said = {
        "state": membership.get_status_display(), "day": day(stretches[-1].since) if stretches else "",
        "next": what_next(membership),
    }  # fmt: skip
    return _("%(state)s since %(day)s; next: %(next)s.") % said


class MembershipPage(OnePage[Membership]):
    """One membership, for one reader."""

    @property
    def next(self) -> str:
        return next_step(self.of)

    @cached_property
    def way(self) -> Ways:
        """Its way through the years, with those of the account's other memberships below it."""
        rows = Membership.objects.visible_to(self.user).of_account(self.of.account_id)
        ways = ways_of(rows)
        drawn = [way_of(row, ways[row.pk], str(row.round)) for row in rows]
        return Ways(sentence_of(self.of, ways[self.of.pk]), drawn, _("Nominated in"))

    @cached_property
    def sections(self) -> list[Drawn]:
        found = ((name, section(self.of, self.user)) for name, section in SECTIONS)
        return [Drawn(f"keyaccounts/{name}_section.html", said) for name, said in found if said is not None]

    @cached_property
    def beside(self) -> Beside:
        return Beside(self.of, self.user)
