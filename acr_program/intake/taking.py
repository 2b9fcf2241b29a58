"""The plan carried out: exactly what the preview said, in the caller's transaction; what changed meanwhile is left and listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from acr_program.jobs.faults import fault
from acr_program.people.models import User

from .choices import Choice, Outcome
from .kinds import Done, Kind, Row, Run, Standing, following
from .models import Batch, BatchRow, Kept
from .pouring import pour

LOT = 1000
COLUMNS = ("batch", "kind", "number", "object_id", "made", "label", "values", "old", "left")
READ = ("number", "outcome", "choice", "key", "values", "old")


def take_in(batch: Batch, by: User) -> dict[str, int]:
    """Write every row that is to be written; how many came to what."""
    run = Run(by, batch.file_name, batch.options)
    kind = batch.of(run)
    counts: Counter[str] = Counter(batch.counts)
    made: Counter[str] = Counter()
    for lot in [list(planned(batch))] if kind.whole else lots(batch):
        keep(batch, write(batch, kind, lot, made))
        fault("between_lots")
    keep(batch, kind.after())
    for act in following(kind.name):
        keep(batch, act(run))
    undecided = counts.pop("similar", 0)
    left = {"similar": undecided - made["decided"]} if undecided - made["decided"] else {}
    wrote = {name: made[name] for name in ("created", "changed", "late") if made[name]}
    return {name: n for name, n in counts.items() if name not in ("created", "changed")} | left | wrote


def lots(batch: Batch) -> Iterator[list[Any]]:
    """The rows that are to be written, a thousand at a time, in the order of the file."""
    last = 0
    while lot := list(planned(batch).filter(number__gt=last)[:LOT]):
        yield lot
        last = lot[-1][0]


def planned(batch: Batch) -> Any:
    """Number, outcome, choice, key, values and old of each row from which something comes."""
    rows = BatchRow.objects.filter(batch=batch, outcome__in=[Outcome.CREATED, Outcome.CHANGED, Outcome.SIMILAR])
    return (
        rows.exclude(outcome=Outcome.SIMILAR, choice__in=[Choice.OPEN, Choice.SKIP])
        .order_by("number")
        .values_list(*READ)
    )


def write(batch: Batch, kind: Kind, lot: list[Any], made: Counter[str]) -> list[Done]:
    """One lot: looked at once more under lock, then written."""
    rows = [Row(number, tuple(key), values) for number, _outcome, _choice, key, values, _old in lot]
    kind.prepare(rows)
    there = kind.standing([row.key for row in rows], lock=True)
    merged = [
        old["like"] for _n, outcome, choice, _k, _v, old in lot if (outcome, choice) == (Outcome.SIMILAR, Choice.MERGE)
    ]
    alike = {s.pk: s for s in kind.standing([], pks=merged, lock=True).values()} if merged else {}
    fresh: list[Row] = []
    differ: list[Row] = []
    late: list[Row] = []
    for row, (_n, outcome, choice, _k, _v, old) in zip(rows, lot, strict=True):
        if outcome == Outcome.CHANGED:
            row.standing = there.get(row.key)
            (differ if stands(row.standing, old) else late).append(row)
        elif choice == Choice.MERGE:
            row.standing = alike.get(old["like"])
            row.values = {name: row.values[name] for name in old["old"]}
            (differ if stands(row.standing, old["old"]) else late).append(row)
        else:
            (late if row.key in there else fresh).append(row)
        made["decided"] += outcome == Outcome.SIMILAR
    if reasons := kind.too_late([*fresh, *differ]):
        late += [row for row in (*fresh, *differ) if row.number in reasons]
        fresh = [row for row in fresh if row.number not in reasons]
        differ = [row for row in differ if row.number not in reasons]
    made["late"] += report(batch, late, reasons)
    made["created"] += len(fresh)
    made["changed"] += len(differ)
    return (kind.create(fresh) if fresh else []) + (kind.change(differ) if differ else [])


def stands(standing: Standing | None, old: dict[str, Any]) -> bool:
    """Whether everything that is to be overwritten is still what the preview showed."""
    return standing is not None and all(standing.values.get(name, "") == value for name, value in old.items())


def report(batch: Batch, late: list[Row], reasons: dict[int, str]) -> int:
    """Rows that somebody was faster with: listed, not overwritten; with the reason where there is another."""
    if late:
        words = _(
            "Somebody changed this after the preview was made. It is left as it is now; check the file again to see it."
        )
        BatchRow.objects.filter(batch=batch, number__in=[row.number for row in late]).update(
            outcome=Outcome.LATE, reason=words
        )
    for number, reason in reasons.items():
        BatchRow.objects.filter(batch=batch, number=number).update(reason=reason)
    return len(late)


def keep(batch: Batch, done: list[Done]) -> None:
    """Write down what undoing needs."""
    rows = ((batch.pk, d.kind or batch.kind, d.number, d.pk, d.made, d.label[:200], d.values, d.old, "") for d in done)
    pour(Kept, COLUMNS, rows)
