"""What one click writes beside its rows (log, obligations, mails), gathered while it runs and written once at its end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.utils.timezone import now

from acr_program.jobs.faults import fault
from acr_program.outbox.models import Message
from acr_program.outbox.post import dispatch, letters
from acr_program.people.models import User

from .log import ROOT_HASH, LogDetail, LogEntry, chained, detailed, put
from .obligations import Obligation, open_for

AT_ONCE = timedelta()
Spot = tuple[int, int]  # content type and id of an object


def spot(obj: models.Model) -> Spot:
    return ContentType.objects.get_for_model(obj).pk, obj.pk


def mail_key(entry: LogEntry) -> str:
    """By which the mails of a log row are known."""
    return f"log-{entry.hash[:24]}"


class Book:
    """The rows that the click holds under lock, and what is still to be written about them."""

    def __init__(self, *, reads: bool = False) -> None:
        self.reads = reads  # of a page: nothing is written at its end
        self.rows: dict[Spot, Any] = {}
        self.locked: set[Spot] = set()
        self.heads: dict[Spot, str] = {}
        self.entries: list[LogEntry] = []
        self.details: list[LogDetail] = []
        self.left: set[Spot] = set()
        self.opened: list[Obligation] = []
        self.mails: list[tuple[Message, LogEntry | None]] = []
        self.met: set[tuple[Spot, int, str]] = set()
        self.read: dict[str, Any] = {}
        self.turn: LogEntry | None = None  # the step that can be taken back: its row says what followed from it

    def link(self, obj: Any) -> None:
        """What stands beside this object, and is held as well, is one and the same."""
        for name, beside in list(obj._state.fields_cache.items()):
            if hasattr(beside, "declared_steps"):  # a machine's row: nothing else is held
                obj._state.fields_cache[name] = self.rows.get(spot(beside), beside)

    def log(self, entry: LogEntry, comment: str, data: dict[str, Any]) -> LogEntry:
        """The next row of an object's log; its place in the chain is found when all are written."""
        self.entries.append(entry)
        if detail := detailed(entry, comment, data):
            self.details.append(detail)
        return entry

    def close(self, obj: Any) -> None:
        """Nothing of what was open about this object waits any more."""
        self.left.add(spot(obj))
        for row in self.opened:
            if (row.content_type_id, row.object_id) == spot(obj):
                row.closed_at = row.closed_at or now()

    def open(self, obj: Any, awaits: Any) -> None:
        self.opened += open_for(obj, awaits, waiter=obj.waiter)

    def post(
        self,
        about: models.Model,
        *,
        entry: LogEntry | None = None,
        key: str = "",
        wait: timedelta = AT_ONCE,
        **how: Any,
    ) -> None:
        """Mails to be queued, to leave after `wait`; those of a log row are known by its hash, which they get with it."""
        mails = letters(about, key=key, **how)
        for mail in mails:
            mail.due_at += wait
        self.mails += [(mail, entry) for mail in mails]

    def write(self) -> None:
        """All of it, in one query a table whatever was done."""
        self._say_what_followed()
        self._chain()
        put(self.entries, self.details)
        fault("after_log")
        if self.left:
            Obligation.objects.open().filter(anything(self.left)).update(closed_at=now())
        if self.opened:
            Obligation.objects.bulk_create(self.opened)
        fault("after_obligations")
        for mail, entry in self.mails:
            if entry:
                mail.key = mail_key(entry)
        if self.mails:
            dispatch([mail for mail, _entry in self.mails])
        fault("after_messages")

    def _say_what_followed(self) -> None:
        """In the row of a step that can be taken back: the steps that followed from it, and mails that are not its own.

        Of a thing under a root the steps need no saying: the root's own log tells whether it has moved on.
        """
        if self.turn is None:
            return
        under = getattr(self.turn.content_type.model_class(), "LOCKS", None)
        others = [] if under else [entry for entry in self.entries if entry is not self.turn]
        then = [[entry.content_type_id, entry.object_id, entry.step] for entry in others]
        mails = [str(mail.pk) for mail, entry in self.mails if entry is not self.turn]
        followed: dict[str, Any] = ({"then": then} if then else {}) | ({"mails": mails} if mails else {})
        if not followed:
            return
        known = next((detail for detail in self.details if detail.entry is self.turn), None)
        if known:
            known.data |= followed
            self.turn.detail_digest = known.digest()
        elif made := detailed(self.turn, "", followed):
            self.details.append(made)

    def _chain(self) -> None:
        """Each entry after the one before it; heads that were not read with their object are read together."""
        first: dict[Spot, int] = {}
        for entry in self.entries:
            first.setdefault((entry.content_type_id, entry.object_id), entry.version)
        unknown = {where: version for where, version in first.items() if where not in self.heads and version > 1}
        if unknown:
            before = LogEntry.objects.filter(anything(unknown)).values_list(
                "content_type", "object_id", "version", "hash"
            )
            # Of each object one row alone is wanted, and its version differs from object to object.
            before = before.filter(version__in={version - 1 for version in unknown.values()})
            for kind, pk, version, found in before:
                if unknown[kind, pk] == version + 1:
                    self.heads[kind, pk] = found
        for entry in self.entries:
            where = entry.content_type_id, entry.object_id
            chained(entry, self.heads.get(where, ROOT_HASH))
            self.heads[where] = entry.hash


def anything(about: Any) -> Q:
    """Whatever is about one of these objects."""
    by_kind: dict[int, list[int]] = defaultdict(list)
    for kind, pk in about:
        by_kind[kind].append(pk)
    found = Q()
    for kind, pks in by_kind.items():
        found |= Q(content_type=kind, object_id__in=pks)
    return found


_open: ContextVar[Book | None] = ContextVar("book of the click", default=None)


@contextmanager
def click() -> Iterator[Book]:
    """One transaction and one book for whatever a click does; what follows from it goes into the same, and falls with it."""
    outer = _open.get()
    # A step that fails inside another fails the whole: it needs no savepoint of its own.
    with transaction.atomic(savepoint=outer is None):
        if outer is not None:
            yield outer
            return
        book = Book()
        token = _open.set(book)
        try:
            yield book
        finally:
            _open.reset(token)
        book.write()
        fault("before_commit")


@contextmanager
def reading() -> Iterator[None]:
    """What is the same throughout a page is read once for it, as in a click; nothing is written at its end.

    A part of the page reads with the whole.
    """
    if (outer := _open.get()) is not None and outer.reads:
        yield
        return
    token = _open.set(Book(reads=True))
    try:
        yield
    finally:
        _open.reset(token)


def current() -> Book:
    """The book of the click that is running; an empty one outside."""
    return _open.get() or Book()


def once[T](name: str, read: Callable[[], T]) -> T:
    """What is the same throughout a click is read once for it."""
    kept = current().read
    if name not in kept:
        kept[name] = read()
    found: T = kept[name]
    return found


def held[M: models.Model](obj: M | None) -> M | None:
    """The object as the running click holds it, if it does."""
    return current().rows.get(spot(obj), obj) if obj else None


def forget(name: str) -> None:
    """What was read once is not so any more."""
    current().read.pop(name, None)


def for_many[F: Callable[..., None]](each: Callable[[list[Any], list[Any]], None]) -> Callable[[F], F]:
    """Let `each(objs, entries)` follow in place of the consequence below where its step is taken on many rows at once."""

    def mark(consequence: F) -> F:
        consequence.of_many = each  # type: ignore[attr-defined]
        return consequence

    return mark


def clock() -> User:
    """The clock, who takes whatever follows from a step."""
    return once("clock", User.objects.clock)
