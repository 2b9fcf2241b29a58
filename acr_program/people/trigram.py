"""An index for search: PostgreSQL finds letters anywhere in a word by trigrams; SQLite scans, which is fast enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, migrations, transaction

Change = Callable[[Any, Any], None]


def search_index(table: str, *over: str) -> migrations.RunPython:
    """Index the `search` column of a table, or other texts. Where nobody may add the extension, search scans."""
    texts = ", ".join(f"{text} gin_trgm_ops" for text in over or ("search",))
    name = f"{table}_search_trigram"

    def add(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        try:
            with transaction.atomic(using=schema_editor.connection.alias), schema_editor.connection.cursor() as cursor:
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {table} USING gin ({texts})")
        except DatabaseError:
            return

    def take_away(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")

    return migrations.RunPython(add, take_away)
