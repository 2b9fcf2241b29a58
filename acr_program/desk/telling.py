"""Exceptions of every kind in one list: each kind says its rows in the database's own words, so one query finds them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, DateTimeField, Expression, F, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.dateparse import parse_datetime

Said = Expression | F | Subquery | str
COLUMNS = ("x_kind", "x_key", "x_title", "x_note", "x_at")


@dataclass(frozen=True)
class Telling:
    """How the rows of one kind are said: what of, what about it, since when, where it is mended, and by what act.

    A plain word names a field. `key` is what `url` makes an address from. Without a `title` it is the name of the model.
    """

    act: Any
    url: Callable[[str], str]
    at: Said
    title: Said | None = None
    note: Said | None = None
    key: Said = "pk"
    named: Callable[[str], str] = str  # the title as people read it

    def rows(self, kind: str, found: QuerySet[Any], search: str) -> QuerySet[Any, Any]:
        title = self.title or Value(str(found.model._meta.verbose_name).capitalize())
        said = {
            "x_kind": Value(kind, CharField()), "x_key": Cast(named(self.key), CharField()),
            "x_title": Cast(named(title), TextField()), "x_note": Cast(named(self.note or Value("")), TextField()),
            "x_at": Cast(named(self.at), DateTimeField()),
        }  # fmt: skip
        rows: QuerySet[Any, Any] = found.order_by().annotate(**said)
        if search:
            rows = rows.filter(x_title__icontains=search)
        return rows.values_list(*COLUMNS).order_by("x_at", "x_key")


class Told(NamedTuple):
    """One row of the list, as the database says it."""

    kind: str
    key: str
    title: str
    note: str
    at: datetime | None


def named(said: Said) -> Any:
    return F(said) if isinstance(said, str) else said


def line(*parts: Said) -> Concat:
    """Several things on one line, a dot between them; PostgreSQL must be told that short and long words make long ones."""
    first, *rest = map(named, parts)
    dotted = [piece for part in rest for piece in (Value(" · "), part)]
    return Concat(first, *dotted, output_field=TextField())


def told(kinds: Iterable[tuple[str, Telling, QuerySet[Any]]], *, each: int, search: str = "") -> list[Told]:
    """The first rows of each kind, longest waiting first: one query, whatever the number of kinds."""
    parts: list[str] = []
    given: list[Any] = []
    for kind, telling, found in kinds:
        try:
            sql, params = telling.rows(kind, found, search)[:each].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT * FROM ({sql}) AS part_{len(parts)}")  # noqa: S608 (made by Django)
        given += params
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(parts)} ORDER BY 5, 1, 2", given)
        return [Told(kind, key, title, note, moment(at)) for kind, key, title, note, at in cursor.fetchall()]


def moment(value: Any) -> datetime | None:
    """SQLite gives moments as it keeps them: as text, in UTC."""
    found: datetime | None = parse_datetime(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found
