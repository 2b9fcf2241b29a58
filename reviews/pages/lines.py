"""The lines of a section on pages: as they are typed, as they are read, and whose names are offered for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from acr_program.people.models import User
from reviews.choices import IssueState, SectionKind, Side
from reviews.models import ReviewRequest

SAID = ("what", "who", "due_on", "measure", "state", "outcome")
TONES = {"open": "neutral", "done": "good", "late": "warn", "dropped": "warn"}


@dataclass(frozen=True)
class Read:
    """One line as it is read: what and who, by when, then how it is seen or how it stands."""

    what: str
    who: str
    due_on: date | None
    note: str
    state: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class Block:
    """Lines under one caption, with the head of their last column."""

    caption: str
    last: str
    lines: list[Read]


def blocks(kind: str, lines: Iterable[Mapping[str, Any]]) -> list[Block]:
    """Lines as the document sets them: ours, then the customer's; or issues with how they stand."""
    if kind == SectionKind.FOLLOW_UPS:
        found = [Block(_("Open issues"), _("In words"), [issue(line) for line in lines])]
    else:
        sides = {Side.US: _("What we undertake"), Side.YOU: _("What we ask of the customer")}
        found = [
            Block(words, _("Seen by"), [commitment(line) for line in lines if line.get("side") == side])
            for side, words in sides.items()
        ]
    return [block for block in found if block.lines]


def commitment(line: Mapping[str, Any]) -> Read:
    return Read(line.get("what", ""), line.get("who", ""), day_in(line), line.get("measure", ""))


def issue(line: Mapping[str, Any]) -> Read:
    state = line.get("state", "")
    label = str(IssueState(state).label) if state in IssueState.values else ""
    return Read(
        line.get("what", ""),
        line.get("who", ""),
        day_in(line),
        line.get("outcome", ""),
        label,
        TONES.get(state, "neutral"),
    )


def day_in(line: Mapping[str, Any]) -> date | None:
    """The day of a line that may still be half typed."""
    try:
        return parse_date(str(line.get("due_on") or ""))
    except ValueError:
        return None


def colleagues(review: ReviewRequest) -> list[str]:
    """Those who may undertake something: whoever writes for this review, its representative and the leader above."""
    rep = review.rep
    near = Q(contributions__request=review.pk) | Q(pk__in=[rep.pk, rep.reports_to_id or rep.pk])
    people = User.objects.filter(near, is_active=True).order_by("name").distinct()
    return list(people.values_list("name", flat=True))


def in_words(text: str, lines: Iterable[Mapping[str, Any]]) -> str:
    """Text and lines as plain words, a line for each, so that two versions can be compared."""
    said = [" · ".join(str(line[name]) for name in SAID if line.get(name)) for line in lines]
    return "\n".join([text, *said])
