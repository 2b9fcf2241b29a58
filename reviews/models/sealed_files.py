"""The database itself refuses an order for anything but a file of the sealed document (docs/promises.md, I6)."""

from __future__ import annotations

from typing import Any

TABLE = "reviews_printorder"
SAYS = "a print order names a file of its sealed document and no other"
# The file stands in the manifest that the document was sealed with, and its bytes are the ones the order names.
FITS = """
    SELECT 1 FROM files_manifestfile f
    JOIN reviews_document d ON d.manifest_id = f.manifest_id AND d.status = 'sealed' AND d.request_id = NEW.request_id
    JOIN files_storedfile s ON s.id = f.file_id AND s.sha256 = NEW.sha256
    WHERE f.id = NEW.file_id AND d.id = NEW.document_id AND f.name IN ('print.pdf', 'cmyk.pdf')
"""
OTHER = "NEW.file_id <> OLD.file_id OR NEW.document_id <> OLD.document_id OR NEW.sha256 <> OLD.sha256"


def install(connection: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute(sqlite("sealed", "INSERT", f"NOT EXISTS ({FITS})"))
            cursor.execute(sqlite("kept", "UPDATE", OTHER))
            return
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {TABLE}_check() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'INSERT' THEN IF NOT EXISTS ({FITS}) THEN RAISE EXCEPTION '{SAYS}'; END IF; "
            f"ELSIF {OTHER} THEN RAISE EXCEPTION '{SAYS}'; END IF; RETURN NEW; END $$"
        )
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {TABLE}_sealed BEFORE INSERT OR UPDATE ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_check()"
        )


def remove(connection: Any) -> None:
    with connection.cursor() as cursor:
        for name in ("sealed", "kept"):
            on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name}{on}")


def sqlite(name: str, act: str, wrong: str) -> str:
    return (
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_{name} BEFORE {act} ON {TABLE} WHEN {wrong} "
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    )
