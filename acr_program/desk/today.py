"""Today: what waits for a person, and what that person waits for, over everything the program does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.ui.parts import Waiting
from acr_program.ui.phrases import day, relative
from acr_program.workflow.days import working_days_between
from acr_program.workflow.obligations import Obligation

SHOWN = 50


@dataclass(frozen=True)
class Today:
    """First the one next thing, then the rest, soonest due first; then what others hold."""

    first: Obligation | None
    rest: list[Waiting]
    awaited: list[Waiting]
    more: bool


def today(user: User) -> Today:
    """Two queries, whatever waits."""
    waiting = list(Obligation.objects.waiting_for(user).select_related("person")[: SHOWN + 1])
    awaited = Obligation.objects.awaited_by(user)[:SHOWN]
    return Today(
        first=waiting[0] if waiting else None,
        rest=[row_of(obligation, user) for obligation in waiting[1:SHOWN]],
        awaited=[held(obligation) for obligation in awaited],
        more=len(waiting) > SHOWN,
    )


def row_of(obligation: Obligation, user: User) -> Waiting:
    person = obligation.person
    note = obligation.title
    if person and person.pk != user.pk:
        note = _("%(title)s · for %(name)s") % {"title": note, "name": person.name}
    return Waiting(
        title=obligation.what, url=obligation.url, when=when(obligation), note=note, tone=tone(obligation), act=_("Open")
    )


def held(obligation: Obligation) -> Waiting:
    note = _("%(who)s, since %(day)s") % {"who": obligation.holder_name, "day": day(obligation.opened_at)}
    return Waiting(
        title=obligation.title, url=obligation.url, when=when(obligation), note=f"{obligation.what} · {note}", tone=tone(obligation)
    )


def when(obligation: Obligation) -> str:
    """By when, in a word: the day, or how late it is."""
    due = localtime(obligation.due_at).date()
    late = working_days_between(due, localdate())
    if obligation.is_late and late > 0:
        return _("%(n)d days late") % {"n": late} if late > 1 else _("1 day late")
    return relative(due) or day(due)


def tone(obligation: Obligation) -> str:
    if obligation.is_late:
        return "bad"
    return "warn" if localtime(obligation.due_at).date() <= localdate() + timedelta(days=1) else "neutral"
