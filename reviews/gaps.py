"""What a document still lacks before it can be compiled: by name, with whom, and since when (R-15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from acr_program.people.choices import Role
from acr_program.ui.phrases import day
from acr_program.workflow.ages import with_since

from .choices import ContributionStatus as C
from .conditions import applies

SETTLED = (C.ACCEPTED, C.WAIVED)
MOVES = (C.SUBMITTED, C.RETURNED)  # somebody's move, whether the section is required or not


@dataclass(frozen=True)
class Gap:
    """One section that is not there yet."""

    title: str
    who: str
    what: str
    since: str
    url: str

    def __str__(self) -> str:
        words = _("“%(title)s” (%(what)s, with %(who)s since %(since)s)")
        if not self.since:
            words = _("“%(title)s” (%(what)s, with %(who)s)")
        return words % {"title": self.title, "what": self.what, "who": self.who, "since": self.since}


def is_gap(contribution: Any) -> bool:
    """A required section that is not settled; an optional one only where somebody's move is awaited."""
    if contribution.section.required and contribution.status not in SETTLED:
        return True
    return contribution.status in MOVES


def gap_of(contribution: Any) -> Gap:
    """Who has the section, and since when it is with them; of one never asked for anew, since it was asked."""
    to_read = contribution.status == C.SUBMITTED
    what = {C.SUBMITTED: _("to be read"), C.RETURNED: _("sent back"), C.WITHDRAWN: _("withdrawn")}.get(
        C(contribution.status), _("to be written")
    )
    since = getattr(contribution, "since", None)
    return Gap(
        title=contribution.section.title,
        who=str(Role.ADMIN.label) if to_read or contribution.status == C.WITHDRAWN else contribution.contributor.name,
        what=what,
        since=day(localtime(since)) if since else "",
        url=contribution.get_absolute_url(),
    )


def gaps_of(request: Any) -> list[Gap]:
    """The gaps of one review in the sections that apply of the version it keeps, in the order of the document: one query."""
    of_version = request.contributions.filter(section__template=F("request__template"))
    rows = of_version.exclude(status__in=SETTLED).select_related("section", "contributor")
    found = [row for row in with_since(rows.order_by("section__place")) if is_gap(row)]
    return [gap_of(row) for row in found if applies(row.section, request.account)]


def gaps_said(request: Any) -> str:
    """The sentence that names them; empty where nothing is missing."""
    return sentence_of(gaps_of(request))


def sentence_of(gaps: Iterable[Gap]) -> str:
    named = ", ".join(str(gap) for gap in gaps)
    return _("Not every required section is accepted or waived: %(gaps)s.") % {"gaps": named} if named else ""
