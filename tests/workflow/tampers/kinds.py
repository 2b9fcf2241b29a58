"""Kinds of tampering with the log, each a function that does it and says what `verify_log` has to name (P35).

`log` is what an intruder finds: `rows` of one account (four versions, all sealed), `other` rows of another, `seals`,
the two `accounts`, `late`, a row under the second seal, and `fresh`, an unsealed row.
"""

from collections.abc import Callable
from types import SimpleNamespace

from acr_program.workflow.log import LogEntry

KINDS: dict[str, Callable[[SimpleNamespace], str]] = {}


def kind(does: Callable[[SimpleNamespace], str]) -> Callable[[SimpleNamespace], str]:
    KINDS[does.__name__.replace("_", " ")] = does
    return does


def named(row: LogEntry) -> str:
    return f"Log row {row.pk}"


def write(row, **fields) -> None:
    type(row).objects.filter(pk=row.pk).update(**fields)
    for name, value in fields.items():
        setattr(row, name, value)


def rehash(*rows: LogEntry) -> None:
    """Make these rows look right again, each following from the one before it."""
    previous = rows[0].previous
    for row in rows:
        row.previous = previous
        row.hash = previous = row.computed_hash()
        write(row, previous=row.previous, hash=row.hash)


def added(after: LogEntry, **fields) -> LogEntry:
    """A row that follows properly from another, as somebody makes it who knows the rules."""
    row = LogEntry.objects.get(pk=after.pk)
    row.pk, row.key, row.detail_digest = None, None, ""
    row.before, row.previous = row.after, after.hash
    for name, value in fields.items():
        setattr(row, name, value)
    row.hash = row.computed_hash()
    row.save(force_insert=True)
    return row
