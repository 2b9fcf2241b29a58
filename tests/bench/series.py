"""Rows by the series: what the database itself writes from a number, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from django.utils.timezone import now

FIRST = 1_000_000  # rows made here are numbered from one behind it, where no row that counts by itself ever stands


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def pick(words: Sequence[str], by: str = "n") -> str:
    whens = " ".join(f"WHEN {place} THEN {quoted(word)}" for place, word in enumerate(words))
    return f"CASE ({by}) % {len(words)} {whens} END"


def ago(minutes: str) -> str:
    if connection.vendor == "postgresql":
        return f"now() - ({minutes}) * interval '1 minute'"
    return f"datetime('now', '-' || ({minutes}) || ' minutes')"


def day(days: str) -> str:
    return f"current_date + ({days})" if connection.vendor == "postgresql" else f"date('now', ({days}) || ' days')"


def uuid(number: str) -> str:
    if connection.vendor == "postgresql":
        return f"lpad(to_hex({number}), 32, '0')::uuid"
    return f"printf('%032x', {number})"


def insert(model: type[models.Model], count: int, **columns: Any) -> None:
    """So many rows, n from 1; texts are SQL, other values stand in every row, what is not named has its default."""
    meta, names, parts, values = model._meta, [], [], []
    if meta.pk.get_internal_type() == "BigAutoField":
        columns.setdefault("id", f"{FIRST} + n")
    for field in meta.concrete_fields:
        said = columns.pop(field.column, None)
        names.append(field.column)
        if isinstance(said, str):
            parts.append(said.replace("%", "%%"))
            continue
        if said is None and field.has_default():
            said = field.get_default()
        elif said is None and getattr(field, "auto_now_add", False):
            said = now()
        elif said is None and not field.null:
            said = ""
        parts.append("%s")
        values.append(field.get_db_prep_save(said, connection))
    assert not columns, columns
    ops = connection.ops
    into = f"INSERT INTO {meta.db_table} ({', '.join(map(ops.quote_name, names))})"
    series = f"WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {count})"
    with connection.cursor() as cursor:
        cursor.execute(f"{into} {series} SELECT {', '.join(parts)} FROM series", values)
