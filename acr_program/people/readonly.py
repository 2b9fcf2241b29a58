"""A GET never writes (docs/promises.md, rule 13): the database itself refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper as Sqlite  # its features alone cannot be imported first

# Every SQLite that Django takes has JSON; Django asks by a transaction, which counts as a write while none is allowed.
Sqlite.features_class.supports_json_field = True  # type: ignore[assignment,method-assign]


@contextmanager
def read_only() -> Iterator[None]:
    """Refuse every write to the database until the block ends.

    PostgreSQL: one read-only transaction. SQLite: `query_only`, outside any transaction. Inside a transaction that is
    already open (tests) it changes nothing but keeps the caller's transaction usable.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA query_only = OFF")
    elif connection.in_atomic_block:
        yield
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            yield
