"""What the programme's accounts are called, on every page and in the navigation without a query of its own (K-04).

Kept for half a minute, as the company's name is: another process hears of a change no later than that, this one at once.
"""

from __future__ import annotations

import time
from typing import Any

from django.db import DatabaseError, connection, transaction

from .programme import Programme, Words

KEPT = 30.0  # seconds


class _Kept:
    words: Words | None = None
    until: float = 0.0


class Change:
    """A change in a transaction that is still open, and what was read there after it; a rollback takes both away."""

    def __init__(self) -> None:
        self.words: Words | None = None

    def __call__(self) -> None:
        drop()


def programme_words() -> Words:
    """For pages, columns, mails. A database that is away must not break the page that says so."""
    try:
        waiting = (entry[1] for entry in reversed(connection.run_on_commit))
        if change := next((act for act in waiting if isinstance(act, Change)), None):
            change.words = change.words or read()
            return change.words
        if _Kept.words is None or time.monotonic() > _Kept.until:
            _Kept.words, _Kept.until = read(), time.monotonic() + KEPT
    except DatabaseError:
        return _Kept.words or Programme().words
    return _Kept.words or Programme().words


def read() -> Words:
    row = Programme.objects.values_list("name", "plural").first()
    return Words(*row, is_written=True) if row else Programme().words


def forget(**_signal: Any) -> None:
    """Read again: now for this transaction, and for everybody once it is through."""
    transaction.on_commit(Change())


def drop() -> None:
    _Kept.words = None
