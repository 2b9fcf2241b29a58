"""One membership as its page shows it: where it stands, what may happen next, and the sections of the programme's parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.desk.beside.showing import Beside
from acr_program.people.models import User
from acr_program.ui.parts import Happening
from acr_program.ui.phrases import day
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import next_step
from reviews.pages.one import SHOWN, OnePage
from reviews.pages.timeline import happenings

from ..choices import MembershipStatus
from ..models import Membership
from ..ways import Stretch, told_by, what_next
from . import filter_section, incubation_section, panel_section, plan_section, value_section
from .picture import Ways, way_of

MOST = 300  # steps and edits of one membership: more than its years hold
UNDER_FILTER = (
    MembershipStatus.NOMINATED, MembershipStatus.INCUBATOR_NOMINATED, MembershipStatus.VETOED, MembershipStatus.FILTERED_OUT,
)  # fmt: skip
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
    ("plan", plan_section.section),
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
    def duty(self) -> Obligation | None:
        """Asked only where the state awaits somebody by name or role."""
        return super().duty if self.of.status in UNDER_FILTER else None

    @cached_property
    def entries(self) -> list[LogEntry]:
        """Its log, newest first: what happened and the way through the years are both told by it."""
        return list(self.of.log().for_timeline()[:MOST])

    @cached_property
    def happened(self) -> list[Happening]:
        return happenings(self.entries[:SHOWN], {})

    @cached_property
    def way(self) -> Ways:
        """Its own way; the page of the account shows it among those of its other memberships."""
        told = told_by(self.entries[::-1])
        return Ways(sentence_of(self.of, told), [way_of(self.of, told, str(self.of.round))], _("Nominated in"))

    @property
    def scorecard_url(self) -> str:
        """Where its scorecard is read once the first filter is behind it."""
        card = getattr(self.of, "card", None)
        return reverse("keyaccounts:scorecard", args=[card]) if card and self.of.status not in UNDER_FILTER else ""

    @cached_property
    def sections(self) -> list[Drawn]:
        # No panel looks at it before it incubates, and what the filter said is then read on the scorecard.
        elsewhere = {"panel"} if self.of.status in UNDER_FILTER else {"filter"}
        found = ((name, section(self.of, self.user)) for name, section in SECTIONS if name not in elsewhere)
        return [Drawn(f"keyaccounts/{name}_section.html", said) for name, said in found if said is not None]

    @cached_property
    def beside(self) -> Beside:
        return Beside(self.of, self.user)
