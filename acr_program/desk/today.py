"""Today: what waits for a person, and what that person waits for, over everything the program does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count as Number
from django.db.models import Min, Model, Q, QuerySet
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _

from acr_program.people.acting import own_place
from acr_program.people.models import Absence, User
from acr_program.people.prepared import asked
from acr_program.ui.nav import Count
from acr_program.ui.parts import Waiting
from acr_program.ui.phrases import day, long_day, relative, room
from acr_program.workflow.days import working_days_between
from acr_program.workflow.obligations import Obligation

SHOWN = 50


@dataclass(frozen=True)
class First:
    """The one next thing: what, of what, by when, and where it is done."""

    title: str
    note: str
    due: str
    tone: str
    why: str
    act: str
    act_url: str


@dataclass(frozen=True)
class Today:
    """First the one next thing, then the rest, soonest due first; then what others hold."""

    first: First | None
    rest: list[Waiting]
    awaited: list[Waiting]
    more: bool


def waiting_and_awaited(user: User) -> tuple[list[Obligation], list[Obligation]]:
    """What waits for this person, one more than is shown, and what they wait for: one query for both."""
    own, others = Obligation.objects.waiting_for(user), Obligation.objects.awaited_by(user)
    either = Q(pk__in=own.values("pk")[: SHOWN + 1]) | Q(pk__in=others.values("pk")[:SHOWN])
    rows = list(Obligation.objects.filter(either).select_related("person", "waiter").order_by("due_at", "pk"))
    acts_for = {user.pk, *user.stands_in_for}
    mine = [row for row in rows if row.person_id in acts_for or (row.person_id is None and row.role in user.roles)]
    vars(user)["_waiting"] = mine[: SHOWN + 1]  # the shell counts the same on the same page
    return mine[: SHOWN + 1], [row for row in rows if row.waiter_id == user.pk != row.person_id][:SHOWN]


_counted: dict[str, str] = {}


def count_as(key: str, model: type[Model]) -> None:
    """Let what waits about this model stand beside the navigation's entry with this count."""
    _counted[model._meta.label_lower] = key


def counts(user: User) -> dict[str, Count]:
    """How much waits, as the navigation says it: late in red. One query; none where Today has asked already."""
    found: dict[str, tuple[int, datetime]] = {}
    for kind, number, due in waiting_by_kind(user):
        natural = ".".join(ContentType.objects.get_for_id(kind).natural_key())
        for key in filter(None, ("today", _counted.get(natural))):
            before, soonest = found.get(key, (0, due))
            found[key] = before + number, min(soonest, due)
    return {key: Count(number, "bad" if due < now() else "neutral") for key, (number, due) in found.items()}


def waiting_by_kind(user: User) -> list[tuple[Any, ...]]:
    """Of each kind of thing how many wait, and when the first is due."""
    known = vars(user).get("_waiting")
    if known is not None and len(known) <= SHOWN:
        return [(row.content_type_id, 1, row.due_at) for row in known]
    return asked(kinds_waiting, frozenset([user.pk, *user.stands_in_for]), user.roles)


def kinds_waiting(people: frozenset[int], roles: frozenset[str]) -> QuerySet[Obligation, tuple[Any, ...]]:
    rows = Obligation.objects.waiting(people, roles).order_by().values_list("content_type")
    return rows.annotate(Number("pk"), Min("due_at"))


def today(user: User) -> Today:
    """One query, whatever waits."""
    mine, awaited = waiting_and_awaited(user)
    return Today(
        first=first_of(mine[0], user) if mine else None,
        rest=[row_of(obligation, user) for obligation in mine[1:SHOWN]],
        awaited=[held(obligation, user) for obligation in awaited],
        more=len(mine) > SHOWN,
    )


def first_of(obligation: Obligation, user: User) -> First:
    act, act_url = act_of(obligation)
    return First(
        title=obligation.what, note=of_what(obligation, user), due=when(obligation), tone=tone(obligation),
        why=why(obligation, user), act=act, act_url=act_url,
    )  # fmt: skip


def row_of(obligation: Obligation, user: User) -> Waiting:
    act, act_url = act_of(obligation)
    return Waiting(
        title=obligation.what, url=obligation.url, when=when(obligation), note=of_what(obligation, user),
        tone=tone(obligation), act=act, act_url=act_url,
    )  # fmt: skip


def held(obligation: Obligation, user: User) -> Waiting:
    note = _("%(what)s · with %(who)s since %(day)s") % {
        "what": obligation.what, "who": obligation.with_whom(user), "day": day(obligation.opened_at),
    }  # fmt: skip
    return Waiting(title=obligation.title, url=obligation.url, when=when(obligation), note=note, tone=tone(obligation))


def act_of(obligation: Obligation) -> tuple[str, str]:
    """A step with a form of its own is offered by its name and opens there; any other is taken on the thing's page."""
    model: Any = ContentType.objects.get_for_id(obligation.content_type_id).model_class()
    steps = model.declared_steps() if hasattr(model, "declared_steps") else {}
    step = steps.get(obligation.step)
    if step is None or not step.form:
        return _("Open"), obligation.url
    if obligation.step in model.ON_ITS_PAGE:
        return _("Open"), obligation.url
    return f"{step.label}…", f"{obligation.url}steps/{obligation.step}/"


def of_what(obligation: Obligation, user: User) -> str:
    person = obligation.person
    if person and (note := own_place(user, person.pk)):
        return f"{obligation.title} · {note}"
    return obligation.title


def why(obligation: Obligation, user: User) -> str:
    """Since when, by when, and who waits for it: whole sentences."""
    sentence = _("It came to you on %(since)s and is due on %(due)s.")
    if obligation.is_late:
        sentence = _("It came to you on %(since)s and was due on %(due)s.")
    words = [
        sentence
        % {
            "since": long_day(localtime(obligation.opened_at).date()),
            "due": long_day(localtime(obligation.due_at).date()),
        }
    ]
    if obligation.waiter and obligation.waiter.pk != user.pk:
        words.append(_("%(name)s waits for it.") % {"name": obligation.waiter.name})
    return " ".join(words)


def when(obligation: Obligation) -> str:
    """By when, in a word: the day, or how late it is."""
    due = localtime(obligation.due_at).date()
    late = working_days_between(due, localdate())
    if obligation.is_late and late > 0:
        return room(-late)
    if due < localdate():
        return _("was due %(day)s") % {"day": day(due)}
    return relative(due) or day(due)


def tone(obligation: Obligation) -> str:
    if obligation.is_late:
        return "bad"
    return "warn" if localtime(obligation.due_at).date() <= localdate() + timedelta(days=1) else "neutral"


def my_absence(user: User) -> Absence | None:
    """The absence this person is in today; asks only where there is one."""
    if user.pk not in user.away_today:
        return None
    return Absence.objects.on(localdate()).filter(person=user).select_related("stand_in").first()
