"""Figures as they are told, one a row: each with its source, a correction keeping what stood."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as later

from acr_program.intake.fields import Field
from acr_program.intake.kinds import Done, Key, Row, Standing, Values
from acr_program.intake.undoing import TOUCHED

from ..actions.figures import Entered, keep_figures, recompute
from ..choices import STATED, FigureKind
from ..models import Account, Figure
from .lookup import ACCOUNT
from .quarter import QUARTER, OfQuarters


class FiguresKind(OfQuarters):
    """One figure of one account in one quarter."""

    name = "figures"
    title = later("Performance figures")
    noun = (later("figure"), later("figures"))
    model = Figure
    key = ("account", "figure", "quarter")
    label = ("account", "figure", "quarter")
    help = later("One figure a row, with its quarter and source. What stood before a correction is kept.")
    fields = (
        ACCOUNT,
        Field("figure", later("Figure"), "choice", required=True, choices=tuple(FigureKind.choices), headings=("kind", "measure")),
        QUARTER,
        Field("value", later("Value"), "decimal", required=True, places=4, headings=("amount", "Wert")),
        Field("source", later("Source"), max_length=120, headings=("from", "Quelle"), help=later("Without it, the file’s name.")),
        Field("as_of", later("As of"), "date", past=True, headings=("date", "Stand"), help=later("Without it, today.")),
    )  # fmt: skip

    def standing(self, keys: list[Key], *, pks: list[int] | None = None, lock: bool = False) -> dict[Key, Standing]:
        rows = Figure.objects.filter(replaced_at=None)
        rows = rows.filter(pk__in=pks) if pks else rows.filter(account__code__in={key[0] for key in keys})
        if lock:
            rows = rows.select_for_update(no_key=True, of=("self",))
        found: dict[Key, Standing] = {}
        told = ("pk", "account_id", "account__code", "kind", "quarter_begins_on", "value", "source", "as_of")
        for pk, account, code, kind, quarter, value, source, as_of in rows.order_by().values_list(*told):
            values: Values = {
                "account": code,
                "figure": kind,
                "quarter": str(quarter),
                "value": str(value),
                "source": source,
            }
            found[code, kind, str(quarter)] = Standing(pk, values | {"as_of": str(as_of), "_account": account})
        return found

    def complete(self, row: Row) -> None:
        """Another value comes from this file, as of today, unless it says otherwise."""
        if row.standing is None or row.standing.values["value"] != row.values["value"]:
            row.values.setdefault("source", self.run.source[:120])
            row.values.setdefault("as_of", localdate().isoformat())

    def objection(self, row: Row) -> str:
        unknown = super().objection(row)
        source = row.values.get("source") or (row.standing.values["source"] if row.standing else "")
        fault = FigureKind(row.values["figure"]).objection(Decimal(row.values["value"]), source)
        return " ".join(filter(None, [unknown, fault]))

    def stated(self, row: Row) -> bool:
        return row.key[1] in STATED

    def entered(self, values: Values) -> Entered:
        account = self.known[values["account"]]
        quarter, as_of = date.fromisoformat(values["quarter"]), date.fromisoformat(values["as_of"])
        return Entered(account, values["figure"], quarter, Decimal(values["value"]), values["source"], as_of)

    def create(self, rows: list[Row]) -> list[Done]:
        told = {
            row.key: row.values | ({} if row.standing is None else row.standing.values | row.values) for row in rows
        }
        self.find({values["account"] for values in told.values()})
        keep_figures([self.entered(values) for values in told.values()], by=self.run.by)
        there = self.standing([row.key for row in rows])
        return [
            Done(there[row.key].pk, True, {"before": before_of(row)}, " ".join(row.key), number=row.number)
            for row in rows
        ]

    def change(self, rows: list[Row]) -> list[Done]:
        """A correction is a new figure in place of the one before."""
        for row in rows:
            row.values = (
                {name: one for name, one in row.standing.values.items() if name[0] != "_"} | row.values
                if row.standing
                else {}
            )
        return self.create(rows)

    def restore(self, done: list[tuple[Done, Values]]) -> dict[int, str]:
        return self.remove(done)

    def remove(self, done: list[tuple[Done, Values]]) -> dict[int, str]:
        there = {s.pk: s for s in self.standing([], pks=[one.pk for one, _values in done], lock=True).values()}
        same = [
            one for one, values in done
            if one.pk in there and all(there[one.pk].values.get(name, "") == value for name, value in values.items())
        ]  # fmt: skip
        list(
            Account.objects.select_for_update(no_key=True)
            .filter(figures__in=[one.pk for one in same])
            .values_list("pk")
        )
        Figure.objects.filter(pk__in=[one.pk for one in same]).delete()
        self.undone = getattr(self, "undone", set()) | {one.values["_account"] for one in there.values()}
        Figure.objects.filter(pk__in=[one.old["before"] for one in same if one.old.get("before")]).update(
            replaced_at=None
        )
        return {one.pk: str(TOUCHED) for one, _values in done if one not in same}

    def after_undo(self) -> None:
        """Quarters that this file alone told of go, or are told as before."""
        recompute(getattr(self, "undone", ()), by=self.run.by, source=self.run.source[:80], as_of=localdate())


def before_of(row: Row) -> int | None:
    return row.standing.pk if row.standing else None
