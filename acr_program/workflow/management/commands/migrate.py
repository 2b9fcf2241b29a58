"""Django's own, in a quarter of its time.

A migration makes each model anew for each change, hundreds of times, and every state field of every one of them would listen
(django-fsm) to all models that come after it, to gather steps that a model of a migration does not have: the longer the history,
the slower, by its square. The program's own models are made before, and are heard as always.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db.models.signals import class_prepared


@contextmanager
def unheard() -> Iterator[None]:
    """Nobody begins to listen to models being made meanwhile."""
    connect = class_prepared.connect
    class_prepared.connect = lambda *anybody, **how: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        class_prepared.connect = connect  # type: ignore[method-assign]


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> str | None:
        with unheard():
            return super().handle(*args, **options)
