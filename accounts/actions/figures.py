"""Figures of an account: entered with their source, a correction keeping what stood; or computed from its orders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import batched, groupby
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import now

from acr_program.people.models import User
from acr_program.workflow.edit import note_many
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.perform import check_seen

from ..choices import STATED, FigureKind
from ..models import Account, Figure, OrderLine, Performance
from ..quarters import Line, computed, quarter_of
from .rights import check_bulk, check_keeper
from .stated import from_lines_already, told_without_lines

BATCH = 500
COUNTED = ("net", "orders", "shipped", "promised", "on_time", "mix")
ORIGIN = ("stated", "source", "as_of")


class Entered(NamedTuple):
    """One figure as somebody tells it: of which account, what, of the quarter that this day lies in, from where, as of when."""

    account_id: int
    kind: str
    quarter_begins_on: date
    value: Decimal
    source: str
    as_of: date

    @property
    def key(self) -> tuple[int, str, date]:
        return self.account_id, self.kind, self.quarter_begins_on

    def clean(self) -> Entered:
        """The same with its quarter's first day and four decimals; refused where the value cannot be, or comes from nowhere."""
        if sentence := FigureKind(self.kind).objection(self.value, self.source):
            raise Refused(sentence)
        value = self.value.quantize(Decimal("0.0001"), ROUND_HALF_UP)
        return self._replace(value=value, quarter_begins_on=quarter_of(self.quarter_begins_on))


def enter_figure(
    account: Account, *, by: User, seen: int | None, kind: str, quarter_begins_on: date, value: Decimal, source: str, as_of: date
) -> Figure:  # fmt: skip
    """One figure of one account, or its correction; net value and orders are refused where order lines tell them."""
    check_keeper(account, by)
    row = Entered(account.pk, kind, quarter_begins_on, value, source, as_of).clean()
    with transaction.atomic():
        account = lock(account)
        check_seen(account, seen, None)
        _keep([row], [account], by)
        return Figure.objects.get(account=account, kind=kind, quarter_begins_on=row.quarter_begins_on, replaced_at=None)


def keep_figures(rows: Iterable[Entered], *, by: User) -> set[tuple[int, str, date]]:
    """Many figures of many accounts at once; gives back which were new or corrected: (account, kind, quarter).

    Net value and orders of a quarter of which order lines tell them are refused, and with them all.
    """
    check_bulk(by)
    changed: set[tuple[int, str, date]] = set()
    with transaction.atomic():
        for some in batched(rows, BATCH, strict=False):
            clean = [row.clean() for row in some]
            changed |= _keep(clean, locked({row.account_id for row in clean}), by)
    return changed


def locked(account_ids: Iterable[int]) -> list[Any]:
    """The accounts as they are now, locked in one order; each knows as `tells` whether net value or orders are told of it."""
    rows = Account.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=account_ids)
    told = Figure.objects.filter(account=OuterRef("pk"), kind__in=STATED, replaced_at=None)
    return list(rows.annotate(tells=Exists(told)).order_by("pk"))


def _keep(rows: list[Entered], accounts: list[Account], by: User) -> set[tuple[int, str, date]]:
    wanted = {row.key: row for row in rows}
    stated = [(row.account_id, row.quarter_begins_on) for row in wanted.values() if row.kind in STATED]
    if stated and (refusals := from_lines_already(stated)):
        raise Refused(next(iter(refusals.values())))
    standing = {
        (old.account_id, old.kind, old.quarter_begins_on): old
        for old in Figure.objects.filter(
            account__in=accounts, replaced_at=None, quarter_begins_on__in={row.quarter_begins_on for row in rows}
        )
    }
    fresh = {key: row for key, row in wanted.items() if key not in standing or told(standing[key]) != told(row)}
    at = now()
    if corrected := [standing[key].pk for key in fresh if key in standing]:
        Figure.objects.filter(pk__in=corrected).update(replaced_at=at)
    Figure.objects.bulk_create([Figure(**row._asdict(), said_by=by, said_at=at) for row in fresh.values()])
    changes: dict[int, dict[str, Any]] = {}
    for key, row in fresh.items():
        old = told(standing[key]) if key in standing else None
        changes.setdefault(row.account_id, {})[f"figure {row.kind} {row.quarter_begins_on}"] = [old, told(row)]
    note_many([(account, changes.get(account.pk, {})) for account in accounts], by=by)
    if told_anew := {row.account_id: row for row in fresh.values() if row.kind in STATED}:
        some = next(iter(told_anew.values()))
        _recompute(locked(told_anew), by, some.source[:80], some.as_of)
    return set(fresh)


def told(row: Entered | Figure) -> dict[str, Any]:
    return {"value": row.value, "source": row.source, "as_of": row.as_of}


def recompute(account_ids: Iterable[int], *, by: User, source: str, as_of: date) -> set[tuple[int, date]]:
    """Figures by quarter anew from the order lines; gives back which are new, differ or are gone: (account, quarter).

    Each changed account's log says what stood and what stands. A quarter that does not differ is left alone, with the source
    and the day under which it was first computed. Of a quarter without lines stands what somebody told, if anybody did. One
    that nothing tells of any more goes, unless it was neither computed nor told.
    """
    check_bulk(by)
    changed: set[tuple[int, date]] = set()
    with transaction.atomic():
        for some in batched(sorted(set(account_ids)), BATCH, strict=False):
            changed |= _recompute(locked(some), by, source, as_of)
    return changed


def _recompute(accounts: list[Any], by: User, source: str, as_of: date) -> set[tuple[int, date]]:
    standing = {
        (old.account_id, old.quarter_begins_on): old for old in Performance.objects.filter(account__in=accounts)
    }
    origin = {"stated": False, "source": source, "as_of": as_of}
    wanted = dict(told_without_lines([account for account in accounts if account.tells])) | {
        key: found | origin for key, found in from_lines(accounts)
    }
    new, differing, changes = [], [], {}
    for key, figures in wanted.items():
        old = standing.get(key)
        if old and not differs(old, figures):
            continue
        changes[key] = [counted(old), {name: figures[name] for name in COUNTED}]
        if old is None:
            new.append(Performance(account_id=key[0], quarter_begins_on=key[1], **figures))
        else:
            for name, value in figures.items():
                setattr(old, name, value)
            differing.append(old)
    gone = {key: old for key, old in standing.items() if (old.computed or old.stated) and key not in wanted}
    changes |= {key: [counted(old), None] for key, old in gone.items()}
    Performance.objects.bulk_create(new, batch_size=BATCH)
    if differing:
        Performance.objects.bulk_update(differing, [*COUNTED, *ORIGIN], batch_size=BATCH)
    if gone:
        Performance.objects.filter(pk__in=[old.pk for old in gone.values()]).delete()
    note_many(
        [
            (account, {f"performance {day}": pair for (pk, day), pair in changes.items() if pk == account.pk})
            for account in accounts
        ],
        by=by,
    )
    return set(changes)


def from_lines(accounts: list[Account]) -> Iterator[tuple[tuple[int, date], dict[str, Any]]]:
    """What the order lines of these accounts tell, by account and quarter; one order's lines in memory at a time."""
    lines = OrderLine.objects.filter(account__in=accounts).order_by("account_id", "number", "pk")
    rows = lines.values_list("account_id", *Line._fields).iterator(chunk_size=2000)
    for account_id, own in groupby(rows, key=lambda row: row[0]):
        for day, figures in computed(Line(*row[1:]) for row in own).items():
            yield (account_id, day), figures


def differs(old: Performance, figures: dict[str, Any]) -> bool:
    """Told by counts and by the unrounded amounts of the mix, which every database keeps exactly; what has no mix, by all."""
    if figures["stated"]:
        same = old.net.quantize(figures["net"]) == figures["net"]  # to the places in which it is told
        return not same or any(getattr(old, name) != figures[name] for name in (*COUNTED, *ORIGIN) if name != "net")
    return old.stated or any(getattr(old, name) != figures[name] for name in COUNTED if name != "net")


def counted(row: Performance | None) -> dict[str, Any] | None:
    return {name: getattr(row, name) for name in COUNTED} if row else None
