"""Each account's way through the programme, as the log of its steps tells it, and what comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, OuterRef, StringAgg, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from acr_program.desk.models.presence import moment_of
from acr_program.ui.phrases import day
from acr_program.workflow.log import LogEntry

from .choices import MembershipStatus as S
from .models import Membership, programme_words

AT, NEXT = "@", "|"  # between a state and its moment; between one and the next


@dataclass(frozen=True)
class Stretch:
    """A state in which a membership stood, from a day to a day; the last has no end while the membership is live."""

    status: str
    since: date
    until: date | None

    @property
    def tone(self) -> str:
        return S.tones[self.status]

    @property
    def label(self) -> str:
        return programme_words().title if self.status == S.KEY_ACCOUNT else str(S(self.status).label)

    @property
    def ends(self) -> date:
        return self.until or localdate()


def ways_of(memberships: Iterable[Membership]) -> dict[int, list[Stretch]]:
    """By membership its states in order of time; one query for all."""
    rows = {row.pk: row for row in memberships}
    moves: dict[int, list[tuple[str, date]]] = defaultdict(list)
    if rows:
        kind = ContentType.objects.get_for_model(Membership)
        entries = LogEntry.objects.filter(content_type=kind, object_id__in=rows).exclude(before=F("after"))
        for pk, after, at in entries.order_by("pk").values_list("object_id", "after", "at"):
            moves[pk].append((after or S.NOMINATED, localtime(at).date()))
    return {pk: stretches(moves[pk]) for pk in rows}


def with_moves(rows: Any) -> Any:
    """The same memberships, each with its states and their moments in one text, read in the same query."""
    kind = ContentType.objects.get_for_model(Membership)
    steps = LogEntry.objects.filter(content_type=kind, object_id=OuterRef("pk")).exclude(before=F("after"))
    said = Concat("after", Value(AT), Cast("at", CharField()), output_field=CharField())
    told = steps.order_by().values("object_id").annotate(told=StringAgg(said, Value(NEXT)))
    return rows.annotate(moves=Subquery(told.values("told"), output_field=CharField()))


def way_within(membership: Any) -> list[Stretch]:
    """The states of a membership that was read with its moves, in order of time."""
    parts = (part.partition(AT) for part in (membership.moves or "").split(NEXT) if part)
    moves = sorted((moment_of(at), after) for after, _at, at in parts)
    return stretches([(after, localtime(at).date()) for at, after in moves])


def told_by(entries: Iterable[LogEntry]) -> list[Stretch]:
    """The states of one membership by its own log, the oldest entry first."""
    moves = [(one.after or S.NOMINATED.value, localtime(one.at).date()) for one in entries if one.before != one.after]
    return stretches(moves)


def stretches(moves: list[tuple[str, date]]) -> list[Stretch]:
    """Each state until the next began; none where the log says nothing."""
    if not moves:
        return []
    ends = [since for _status, since in moves[1:]]
    return [Stretch(status, since, until) for (status, since), until in zip(moves, [*ends, None], strict=True)]


def next_on(membership: Membership) -> date | None:
    """The day on which something is to happen by itself."""
    if membership.status == S.INCUBATING:
        return membership.incubating_until
    if membership.status in (S.KEY_ACCOUNT, S.IN_RE_REVIEW):
        return membership.re_review_on
    return membership.barred_until if membership.status == S.NOT_SELECTED else None


def what_next(membership: Membership) -> str:
    """What comes next, in words, with the day where there is one."""
    on = day(next_on(membership))
    said = {
        S.NOMINATED: _("a veto, or the first filter"),
        S.INCUBATOR_NOMINATED: _("its incubation starts"),
        S.INCUBATING: _("before the panel on %(day)s"),
        S.IN_PANEL_REVIEW: _("the panel decides"),
        S.KEY_ACCOUNT: _("re-review on %(day)s"),
        S.IN_RE_REVIEW: _("the panel decides on its re-review, due on %(day)s"),
        S.NOT_SELECTED: _("may be nominated again from %(day)s on"),
        S.VETOED: _("may be nominated in another round"),
        S.FILTERED_OUT: _("may be nominated in another round"),
        S.DOWN_TIERED: _("may be nominated in another round"),
        S.WITHDRAWN: _("may be nominated in another round"),
    }
    return said[S(membership.status)] % {"day": on}


def is_overdue(membership: Any) -> bool:
    """Whether the day of the re-review has gone by without a decision (K-21)."""
    return membership.re_review_on is not None and membership.re_review_on < localdate()
