"""Many plain rows into one table: as fast as the database takes them, past the objects that nobody would look at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models, transaction

EMPTY: dict[Any, str] = {dict: "{}", list: "[]", tuple: "[]"}
ENCODE = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would make such an encoder for each value


def pour(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert these values of these fields, all or none; what is kept as JSON is encoded. For plain tables, no machine's."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    ready = encoded(rows, [at for at, field in enumerate(fields) if isinstance(field, models.JSONField)])
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in ready:
                    copy.write_row(row)
        else:  # one transaction: without it each row would be one
            marks = ", ".join("%s" for _name in names)
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(ready))  # noqa: S608 (our own names)


def encoded(rows: Iterable[Sequence[Any]], places: list[int]) -> Iterator[list[Any]]:
    """The same rows with what stands in these places as JSON."""
    for row in rows:
        values = list(row)
        for at in places:
            values[at] = ENCODE(values[at]) if values[at] else EMPTY[type(values[at])]
        yield values
