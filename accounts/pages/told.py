"""All that people have told of an account (who is met there, who approves, facts, notes, figures): one query."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    F,
    Field,
    IntegerField,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from acr_program.people.models import User

from ..choices import FigureKind
from ..models import Account, Contact, Fact, Figure, PinnedNote

MOST = 400
COLUMNS: dict[str, Field[Any, Any]] = {
    "what": CharField(), "row": IntegerField(), "kind": CharField(), "words": CharField(), "more": CharField(),
    "who": CharField(), "other": CharField(), "begins": DateField(), "ends": DateField(), "at": DateTimeField(),
    "until": DateTimeField(), "value": DecimalField(max_digits=16, decimal_places=4), "flag": BooleanField(),
}  # fmt: skip


class Row(NamedTuple):
    """One row of the union: what it is of, and the columns that its kind fills."""

    what: str
    row: int
    kind: Any
    words: Any
    more: Any
    who: Any
    other: Any
    begins: Any
    ends: Any
    at: Any
    until: Any
    value: Any
    flag: Any


@dataclass(frozen=True)
class Stands:
    """One figure as it stands, and what stood before it, newest first."""

    figure: Figure
    before: list[Figure] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """What hangs on the account; figures by kind, the newest quarter first."""

    contacts: list[Contact]
    designated: list[User]
    notes: list[PinnedNote]
    holds: list[Fact]
    held: list[Fact]
    figures: list[tuple[str, list[Stands]]]


def told_of(account: Account) -> Told:
    rows: dict[str, list[Row]] = {}
    for values in union_of(account)[:MOST]:
        row = Row(*values)
        rows.setdefault(row.what, []).append(row)
    facts = sorted(
        (fact_of(row) for row in rows.get("3 fact", [])), key=lambda fact: (fact.since_on, fact.pk), reverse=True
    )
    contacts = [
        Contact(pk=r.row, account=account, email=r.kind, name=r.words, title=r.more, phone=r.who, is_main=bool(r.flag))
        for r in rows.get("5 contact", [])
    ]
    return Told(
        contacts=sorted(contacts, key=lambda contact: (not contact.is_main, contact.name, contact.pk)),
        designated=[
            User(pk=r.row, name=r.words, title=r.more)
            for r in sorted(rows.get("1 leader", []), key=lambda row: int(row.kind))
        ],
        notes=[
            PinnedNote(pk=r.row, account=account, text=r.words, by=User(name=r.who), at=r.at)
            for r in rows.get("2 note", [])
        ],
        holds=[fact for fact in facts if not fact.ended_on],
        held=[fact for fact in facts if fact.ended_on],
        figures=standing([figure_of(row) for row in rows.get("4 figure", [])]),
    )


def union_of(account: Account) -> Any:
    """Of each kind the columns it has; the others empty, each of its type, as PostgreSQL asks."""
    leaders = part(
        account.designations.order_by(),
        "1 leader",
        row=F("user"),
        kind=F("place"),
        words=F("user__name"),
        more=F("user__title"),
    )
    return leaders.union(
        part(
            account.notes.filter(taken_down_at=None).order_by(), "2 note", words=F("text"), who=F("by__name"), at=F("at")
        ),
        part(
            account.facts.order_by(), "3 fact", kind=F("kind"), words=F("reason"), more=F("ended_reason"), who=F("said_by__name"),
            other=F("ended_by__name"), begins=F("since_on"), ends=F("ended_on"), at=F("said_at"),
        ),
        part(
            account.figures.order_by(), "4 figure", kind=F("kind"), words=F("source"), who=F("said_by__name"),
            begins=F("quarter_begins_on"), ends=F("as_of"), at=F("said_at"), until=F("replaced_at"), value=F("value"),
        ),
        part(
            account.contacts.order_by(), "5 contact", kind=F("email"), words=F("name"), more=F("title"), who=F("phone"),
            flag=F("is_main"),
        ),
        all=True,
    ).order_by("told_what", "-told_at", "told_words", "told_row")  # fmt: skip


def part(rows: QuerySet[Any], what: str, **given: Any) -> QuerySet[Any, tuple[Any, ...]]:
    given = {"what": Value(what), "row": F("pk")} | given
    named = {
        f"told_{name}": Cast(given.get(name, Value(None)), output_field=column) for name, column in COLUMNS.items()
    }
    return rows.annotate(**named).values_list(*named)


def fact_of(row: Row) -> Fact:
    return Fact(
        pk=row.row, kind=row.kind, reason=row.words, ended_reason=row.more, said_by=User(name=row.who),
        ended_by=User(name=row.other) if row.other else None, since_on=row.begins, ended_on=row.ends, said_at=row.at,
    )  # fmt: skip


def figure_of(row: Row) -> Figure:
    return Figure(
        pk=row.row, kind=row.kind, source=row.words, said_by=User(name=row.who), quarter_begins_on=row.begins, as_of=row.ends,
        said_at=row.at, replaced_at=row.until, value=row.value,
    )  # fmt: skip


def standing(figures: list[Figure]) -> list[tuple[str, list[Stands]]]:
    """By kind in the order of the choices; of each quarter the one that stands, with those it corrected."""
    place = {kind: n for n, kind in enumerate(FigureKind.values)}
    figures.sort(key=lambda f: (place[f.kind], -f.quarter_begins_on.toordinal(), f.replaced_at is not None, -f.pk))
    found: dict[str, list[Stands]] = {}
    for (kind, _quarter), same in groupby(figures, key=lambda f: (f.kind, f.quarter_begins_on)):
        newest, *before = same
        found.setdefault(str(FigureKind(kind).label), []).append(Stands(newest, before))
    return list(found.items())
