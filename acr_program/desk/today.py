"""Today: what waits for a person, and what that person waits for, over everything the program does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count as Number
from django.db.models import Min, Model, QuerySet
from django.utils.timezone import localdate, localtime, now

from acr_program.people.acting import own_place
from acr_program.people.models import Absence, User
from acr_program.people.prepared import asked
from acr_program.people.prepared import row_of as row_of_table
from acr_program.ui.kept import gettext as _
from acr_program.ui.nav import Count
from acr_program.ui.parts import Waiting
from acr_program.ui.phrases import day, long_day, relative, room
from acr_program.ui.walking import any_of
from acr_program.workflow.days import working_days_between
from acr_program.workflow.obligations import Obligation, apart
from acr_program.workflow.steps import Step

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


COLUMNS = (
    "id", "content_type_id", "object_id", "step", "what", "title", "url", "person_id", "role", "waiter_id", "due_at",
    "opened_at", "closed_at",
)  # fmt: skip
KIND, PERSON, ROLE, WAITER, DUE = (
    COLUMNS.index(name) for name in ("content_type_id", "person_id", "role", "waiter_id", "due_at")
)
COUNTED = 1000


def waiting_and_awaited(user: User) -> tuple[list[Obligation], list[Obligation]]:
    """What waits for this person, one more than is shown, and what they wait for: one query for both."""
    people = frozenset([user.pk, *user.stands_in_for])
    kinds = apart()
    rows = asked(waiting_or_awaited, people, user.roles, user.pk, kinds)
    mine = [row for row in rows if row[PERSON] in people or (row[PERSON] is None and row[ROLE] in user.roles)]
    mine = [row for row in mine if row[KIND] not in kinds or row[PERSON] == user.pk or row[WAITER] != user.pk]
    vars(user)["_waiting"] = [(row[KIND], 1, row[DUE]) for row in mine]  # the shell counts the same on the same page
    others = [row for row in rows if row[WAITER] == user.pk != row[PERSON]]
    known: dict[int, User] = {}
    return [obligation_of(row, known) for row in mine[: SHOWN + 1]], [
        obligation_of(row, known) for row in others[:SHOWN]
    ]


def waiting_or_awaited(
    people: frozenset[int], roles: frozenset[str], person: int, kinds: tuple[int, ...]
) -> QuerySet[Obligation, tuple[Any, ...]]:
    """All that waits, to be counted, and what is awaited; soonest due first, with the names of both."""
    waiting = Obligation.objects.waiting(people, roles, person, kinds).order_by("due_at", "pk")[:COUNTED]
    awaited = Obligation.objects.waited_for_by(person).without_absent(person, roles, people - {person})
    awaited = awaited.order_by("due_at", "pk")[:SHOWN]
    either = Obligation.objects.filter(any_of([waiting.values("pk"), awaited.values("pk")])).order_by("due_at", "pk")
    return either.values_list(*COLUMNS, "person__name", "waiter__name")


def obligation_of(row: tuple[Any, ...], known: dict[int, User]) -> Obligation:
    """The row with both its people, each made once."""
    *values, person, waiter = row
    found = row_of_table(Obligation, COLUMNS, values)
    for name, pk, called in (("person", row[PERSON], person), ("waiter", row[WAITER], waiter)):
        if pk is not None:
            if pk not in known:
                known[pk] = row_of_table(User, ("id", "name"), [pk, called])
            found._state.fields_cache[name] = known[pk]
    return found


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
    known: list[tuple[Any, ...]] | None = vars(user).get("_waiting")
    if known is not None:
        return known
    return asked(kinds_waiting, frozenset([user.pk, *user.stands_in_for]), user.roles, user.pk, apart())


def kinds_waiting(
    people: frozenset[int], roles: frozenset[str], reader: int, kinds: tuple[int, ...]
) -> QuerySet[Obligation, tuple[Any, ...]]:
    rows = Obligation.objects.waiting(people, roles, reader, kinds).order_by().values_list("content_type")
    return rows.annotate(Number("pk"), Min("due_at"))


def today(user: User) -> Today:
    """One query, whatever waits."""
    mine, awaited = waiting_and_awaited(user)
    return Today(
        first=first_of(mine[0], user) if mine else None,
        rest=rows_of(mine[1:SHOWN], user),
        awaited=[held(obligation, user) for obligation in awaited],
        more=len(mine) > SHOWN,
    )


def first_of(obligation: Obligation, user: User) -> First:
    act, act_url = act_of(obligation)
    return First(
        title=obligation.what, note=of_what(obligation, user), due=when(obligation), tone=tone(obligation),
        why=why(obligation, user), act=act, act_url=act_url,
    )  # fmt: skip


def rows_of(obligations: Sequence[Obligation], user: User) -> list[Waiting]:
    """Each by what is to be done; where several ask the same, by what it is about, which tells them apart."""
    asked = Counter(obligation.what for obligation in obligations)
    return [row_of(obligation, user, alike=asked[obligation.what] > 1) for obligation in obligations]


def row_of(obligation: Obligation, user: User, *, alike: bool = False) -> Waiting:
    act, act_url = act_of(obligation)
    what, of = obligation.what, of_what(obligation, user)
    return Waiting(
        title=of if alike else what, url=obligation.url, when=when(obligation), note=what if alike else of,
        tone=tone(obligation), act=act, act_url=act_url,
    )  # fmt: skip


def held(obligation: Obligation, user: User) -> Waiting:
    note = _("%(what)s · with %(who)s since %(day)s") % {
        "what": obligation.what, "who": obligation.with_whom(user), "day": day(obligation.opened_at),
    }  # fmt: skip
    return Waiting(title=obligation.title, url=obligation.url, when=when(obligation), note=note, tone=tone(obligation))


def act_of(obligation: Obligation) -> tuple[str, str]:
    """A step with a form of its own is offered by its name and opens there; any other is taken on the thing's page."""
    step = own_form(ContentType.objects.get_for_id(obligation.content_type_id).model_class(), obligation.step)
    if step is None:
        return _("Open"), obligation.url
    return f"{step.label}…", f"{obligation.url}steps/{obligation.step}/"


@lru_cache(maxsize=1024)
def own_form(model: Any, name: str) -> Step | None:
    """The step of this name, where it has a form on a page of its own."""
    step: Step | None = model.declared_steps().get(name) if hasattr(model, "declared_steps") else None
    return step if step and step.form and name not in model.ON_ITS_PAGE else None


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
    due, today = localtime(obligation.due_at).date(), localdate()
    late = working_days_between(due, today)
    if obligation.is_late and late > 0:
        return room(-late)
    if due < today:
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
