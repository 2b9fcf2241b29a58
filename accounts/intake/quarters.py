"""Figures by quarter, one row a quarter: what a company hands over that keeps no order lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from acr_program.intake.fields import Field
from acr_program.intake.kinds import Done, Key, Row, Standing, Values

from ..actions.figures import Entered, keep_figures
from ..choices import STATED, FigureKind
from ..models import Figure
from .lookup import ACCOUNT
from .quarter import QUARTER, OfQuarters

HEADINGS = {
    "net": ("net value", "net sales", "sales", "revenue", "turnover", "Umsatz", "Nettoumsatz"),
    "orders": ("number of orders", "order count", "Aufträge", "Bestellungen"),
    "margin": ("margin", "gross margin", "Marge"), "wallet": ("wallet share", "share of wallet", "Lieferanteil"),
    "satisfaction": ("satisfaction", "score", "Zufriedenheit"),
}  # fmt: skip
TOLD = tuple(FigureKind.values)
ORIGIN = ("source", "as_of")


def column(kind: str) -> Field:
    return Field(kind, FigureKind(kind).label, "decimal", places=4, headings=HEADINGS[kind])


class QuartersKind(OfQuarters):
    """All figures of one account in one quarter. Each is kept as a figure of its own, with its source and its day."""

    name = "quarters"
    title = later("Figures by quarter")
    noun = (later("quarter"), later("quarters"))
    model = Figure
    key = ("account", "quarter")
    label = ("account", "quarter")
    help = later(
        "One row a quarter: net value, orders, margin, share of wallet, satisfaction. Order lines, where there are any, stand."
    )
    fields = (
        ACCOUNT,
        QUARTER,
        *(column(kind) for kind in TOLD),
        Field("source", later("Source"), max_length=120, headings=("from", "Quelle"), help=later("Without it, the file’s name.")),
        Field("as_of", later("As of"), "date", past=True, headings=("date", "Stand"), help=later("Without it, today.")),
    )  # fmt: skip

    @classmethod
    def words(cls) -> dict[str, str]:
        parts = {"source": _("%(figure)s, source"), "as_of": _("%(figure)s, as of")}
        told = {
            f"{kind} {part}": words % {"figure": FigureKind(kind).label}
            for kind in TOLD
            for part, words in parts.items()
        }
        return super().words() | told

    # --- looking ---

    def standing(self, keys: list[Key], *, pks: list[int] | None = None, lock: bool = False) -> dict[Key, Standing]:
        """What is told of each quarter: every figure, and beside it where it is from and as of when."""
        rows = Figure.objects.filter(replaced_at=None, account__code__in={code for code, _day in keys})
        rows = rows.filter(quarter_begins_on__in={date.fromisoformat(day) for _code, day in keys})
        if lock:
            rows = rows.select_for_update(no_key=True, of=("self",))
        found: dict[Key, Values] = {}
        told = ("pk", "account__code", "kind", "quarter_begins_on", "value", "source", "as_of")
        for pk, code, kind, day, value, source, as_of in rows.order_by("pk").values_list(*told):
            values = found.setdefault((code, str(day)), {"account": code, "quarter": str(day), "_pk": pk})
            values |= {kind: str(value), f"{kind} source": source, f"{kind} as_of": str(as_of), f"_{kind}": pk}
        return {key: Standing(values["_pk"], values) for key, values in found.items() if key in set(keys)}

    def complete(self, row: Row) -> None:
        """Source and day belong to each figure; another value comes from this file, as of today, unless it says otherwise."""
        there = row.standing.values if row.standing else {}
        said = {part: row.values.pop(part, "") for part in ORIGIN}
        default = {"source": self.run.source[:120], "as_of": localdate().isoformat()}
        for kind in TOLD:
            if not row.values.get(kind):
                row.values.pop(kind, None)  # an empty cell takes no figure back
                continue
            for part in ORIGIN:
                if said[part] or there.get(kind) != row.values[kind]:
                    row.values[f"{kind} {part}"] = said[part] or default[part]

    def stated(self, row: Row) -> bool:
        return any(self.tells(row, kind) for kind in STATED)

    def objection(self, row: Row) -> str:
        unknown = super().objection(row)
        told = [kind for kind in TOLD if kind in row.values]
        if not told:
            return " ".join(filter(None, [unknown, _("The row tells no figure.")]))
        there = row.standing.values if row.standing else {}
        missing = [str(FigureKind(kind).label) for kind in STATED if kind not in row.values and kind not in there]
        if 0 < len(missing) < len(STATED):
            words = _("Without “%(missing)s” the quarter is in no picture: net value and orders belong together.")
            row.notes.append(words % {"missing": missing[0]})
        faults = [FigureKind(kind).objection(Decimal(row.values[kind]), "file") for kind in told]
        return " ".join(filter(None, [unknown, *faults]))

    # --- writing ---

    def create(self, rows: list[Row]) -> list[Done]:
        """Each figure is kept as it would be alone, and is undone alone."""
        pairs = [(row, kind) for row in rows for kind in TOLD if self.tells(row, kind)]
        before = {(row.key, kind): (row.standing.values if row.standing else {}).get(f"_{kind}") for row, kind in pairs}
        keep_figures([self.entered(row, kind) for row, kind in pairs], by=self.run.by)
        there = self.standing([row.key for row in rows])
        return [self.done(row.key, kind, there[row.key].values, before[row.key, kind]) for row, kind in pairs]

    def change(self, rows: list[Row]) -> list[Done]:
        return self.create(rows)

    @staticmethod
    def tells(row: Row, kind: str) -> bool:
        return any(name in row.values for name in (kind, *(f"{kind} {part}" for part in ORIGIN)))

    def entered(self, row: Row, kind: str) -> Entered:
        told = (row.standing.values if row.standing else {}) | row.values
        source, as_of = (told[f"{kind} {part}"] for part in ORIGIN)
        day = date.fromisoformat(row.key[1])
        return Entered(self.known[row.key[0]], kind, day, Decimal(told[kind]), source, date.fromisoformat(as_of))

    @staticmethod
    def done(key: Key, kind: str, there: Values, before: int | None) -> Done:
        values: Values = {"account": key[0], "figure": kind, "quarter": key[1], "value": there[kind]}
        values |= {part: there[f"{kind} {part}"] for part in ORIGIN}
        label = f"{key[0]} · {FigureKind(kind).label} · {key[1]}"
        return Done(there[f"_{kind}"], True, {"before": before}, label, kind="figures", values=values)
