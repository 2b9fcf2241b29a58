"""The database itself refuses to change the log (docs/promises.md, rule 16)."""

from __future__ import annotations

from typing import Any

GUARDED = {
    "workflow_logentry": ("UPDATE", "DELETE"),
    "workflow_logseal": ("UPDATE", "DELETE"),
    "workflow_logdetail": ("UPDATE",),
}
SAYS = "the log is append-only"


def install(connection: Any) -> None:
    """Let the tables of the log refuse UPDATE and DELETE (details: UPDATE alone, since erasure may delete them)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION workflow_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$"
            )
        for table, acts in GUARDED.items():
            for act in acts:
                cursor.execute(_trigger(connection.vendor, table, act))


def remove(connection: Any) -> None:
    """Take the guard off: for migrations backwards and for emptying a test database."""
    with connection.cursor() as cursor:
        for table, acts in GUARDED.items():
            for act in acts:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, act)}{on}")


def _name(table: str, act: str) -> str:
    return f"{table}_no_{act.lower()}"


def _trigger(vendor: str, table: str, act: str) -> str:
    if vendor == "postgresql":
        return (
            f"CREATE OR REPLACE TRIGGER {_name(table, act)} BEFORE {act} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION workflow_refuse()"
        )
    return (
        f"CREATE TRIGGER IF NOT EXISTS {_name(table, act)} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    )
