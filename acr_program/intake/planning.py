"""From cells to a plan: what each row of the file will do, written down so that exactly this is done later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from .choices import Outcome
from .fields import Bad, Field, words_of
from .guessing import unclear
from .kinds import Kind, Row, Values
from .likeness import Likeness
from .models import Batch, BatchRow
from .pouring import pour
from .reading import Unreadable

COLUMNS = ("batch", "number", "outcome", "choice", "label", "key", "values", "old", "reason")
BETWEEN = "\x1f"  # a sign that no cell holds (fields.plain)
LONGEST = 200  # signs of a refused cell that the report keeps


class Plan:
    """Takes the rows of one file, some at a time, and writes down what becomes of each."""

    def __init__(self, batch: Batch, kind: Kind) -> None:
        self.batch, self.kind = batch, kind
        self.clear = bool(batch.options.get("clear"))
        self.seen: dict[str, int] = {}  # keys as one text each, which takes half the memory of many
        self.counts: Counter[str] = Counter()
        self.readers: list[tuple[int, Field, Callable[[Any], Any]]] = []
        self.headings: list[str] = []
        self.fixed: Values = {}
        self.waiting: list[tuple[int, list[Any]]] = []
        self.like = Likeness(kind)

    def begin(self, headings: list[str]) -> None:
        """Find the columns; refuse a file of which something must be said first."""
        columns = {heading: name for heading, name in self.batch.columns.items() if heading in headings}
        fixed = self.batch.options.get("fixed") or {}
        told = columns | {f" {name}": name for name in fixed}
        if sentences := unclear(type(self.kind), told, self.batch.options):
            raise Unreadable(" ".join(sentences))
        self.headings = headings
        # In the order of the file: PostgreSQL keeps the names of a JSON object in an order of its own.
        places = sorted((headings.index(heading), name) for heading, name in columns.items())
        fields = [(at, self.kind.field(name)) for at, name in places]
        self.readers = [(at, one, one.reader(self.batch.options)) for at, one in fields]
        self.fixed = {name: self.kind.field(name).reader(self.batch.options)(text) for name, text in fixed.items()}

    def take(self, headings: list[str], rows: list[tuple[int, list[Any]]]) -> None:
        if not self.headings:
            self.begin(headings)
        if self.kind.whole:
            self.waiting += rows
        else:
            self.plan(rows)

    def finish(self) -> dict[str, int]:
        """How many rows come to what."""
        if not self.headings:
            raise Unreadable(_("The file has headings, and no row under them."))
        if self.waiting:
            self.plan(self.waiting)
        return dict(self.counts)

    # --- one lot of rows ---

    def plan(self, cells: list[tuple[int, list[Any]]]) -> None:
        made: list[tuple[Any, ...]] = []
        faulty: list[tuple[Row, list[Any]]] = []
        good = [row for number, row_cells in cells if (row := self.read(number, row_cells, made, faulty))]
        self.kind.prepare(good)
        standing = self.kind.standing([row.key for row in good])
        for row in good:
            row.standing = standing.get(row.key)
        for row in good:
            self.kind.complete(row)
            made.append(self.decide(row))
        if faulty:
            self.kind.look_beside([row for row, _cells in faulty])
            made += [self.refused(row, row_cells) for row, row_cells in faulty]
        self.counts.update(row[2] for row in made)
        pour(BatchRow, COLUMNS, made)

    def read(
        self, number: int, cells: list[Any], made: list[tuple[Any, ...]], faulty: list[tuple[Row, list[Any]]]
    ) -> Row | None:
        """The row's values; None where a cell of it cannot be read, or where it stands twice, which is written down."""
        values, faults, width = dict(self.fixed), [], len(cells)
        for at, one, reader in self.readers:
            try:
                value = reader(cells[at]) if at < width else ""
            except Bad as bad:
                faults.append(_("“%(heading)s” %(fault)s.") % {"heading": self.headings[at], "fault": bad})
                continue
            if value:
                values[one.name] = value
            elif one.required:
                faults.append(_("“%(heading)s” is empty.") % {"heading": self.headings[at]})
            elif self.clear:
                values[one.name] = ""
        if width > len(self.headings):
            faults.append(_("The row has more cells than there are headings: is there a stray delimiter in it?"))
        key = tuple(str(values.get(name, "")) for name in self.kind.key)
        row = Row(number, key, values, faults=faults)
        if faults:
            faulty.append((row, cells))
            return None
        if (before := self.seen.setdefault(BETWEEN.join(key), number)) != number:
            words = _("Row %(n)d has the same %(key)s: that one is taken in, this one is not.")
            named = ", ".join(str(self.kind.field(name).label) for name in self.kind.key)
            reason = words % {"n": before, "key": named}
            made.append(self.written(row, Outcome.DUPLICATE, reason=reason))
            return None
        return row

    def decide(self, row: Row) -> tuple[Any, ...]:
        """What becomes of one row that can be read."""
        if objection := self.kind.objection(row):
            return self.written(row, Outcome.REFUSED, row.values, reason=objection)
        notes = " ".join(row.notes)
        if row.standing is None:
            if self.kind.similar and (other := self.like.of(row)):
                return self.alike(row, *other)
            return self.written(row, Outcome.CREATED, row.values, reason=notes)
        new, old = differing(row.values, row.standing.values)
        if not new:
            return self.written(row, Outcome.UNCHANGED, reason=notes)
        return self.written(row, Outcome.CHANGED, new, old, reason=notes)

    def alike(self, row: Row, pk: int, name: str) -> tuple[Any, ...]:
        """A new one that looks like one that is there: somebody has to say whether it is the same."""
        there = self.kind.standing([], pks=[pk])
        standing = next(iter(there.values()))
        _new, old = differing(row.values, standing.values)
        reason = _("Is this “%(name)s”, which is there already?") % {"name": name}
        return self.written(row, Outcome.SIMILAR, row.values, {"like": pk, "name": name, "old": old}, reason)

    def written(
        self, row: Row, outcome: str, values: Values | None = None, old: Values | None = None, reason: str = ""
    ) -> tuple[Any, ...]:
        told = row.standing.values if row.standing else row.values
        label = " · ".join(str(told.get(name) or row.values.get(name, "")) for name in self.kind.label)[:200]
        return (self.batch.pk, row.number, str(outcome), "", label, list(row.key), values or {}, old or {}, reason)

    def refused(self, row: Row, cells: list[Any]) -> tuple[Any, ...]:
        shown = {name: shown_of(cell) for name, cell in zip(self.headings, cells, strict=False)}
        label = next((text for text in shown.values() if text), "")
        return (self.batch.pk, row.number, str(Outcome.REFUSED), "", label, [], shown, {}, " ".join(row.faults))


def differing(values: Values, standing: Values) -> tuple[Values, Values]:
    """What is told and does not stand; and what stands in its place."""
    new = {name: value for name, value in values.items() if standing.get(name, "") != value}
    return new, {name: standing.get(name, "") for name in new}


def shown_of(cell: Any) -> str:
    """A cell of a refused row, whatever is in it, cut to what one wants to see."""
    try:
        text = words_of(cell)
    except Bad:
        text = str(cell[1])
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")[:LONGEST]
