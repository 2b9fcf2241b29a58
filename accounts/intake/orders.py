"""Order lines: facts of the order system, from which the figures by quarter are computed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.intake.fields import Field
from acr_program.intake.kinds import Done, Key, Row, Standing, Values
from acr_program.intake.pouring import pour
from acr_program.intake.undoing import TOUCHED

from ..actions.figures import recompute
from ..models import OrderLine
from .lookup import ACCOUNT, OfAccounts

TOLD = (
    "number",
    "line",
    "product",
    "category",
    "quantity",
    "unit_price",
    "discount",
    "ordered_on",
    "required_on",
    "shipped_on",
)
BLANK = {"category": "", "discount": "0.0000"}
DECIMALS, DAYS = ("quantity", "unit_price", "discount"), ("ordered_on", "required_on", "shipped_on")


class OrdersKind(OfAccounts):
    """One line of an order; the account by its customer number."""

    name = "order_lines"
    title = _("Order lines")
    noun = (_("order line"), _("order lines"))
    model = OrderLine
    key = ("number", "line")
    label = ("number", "line", "product")
    help = _("What customers ordered. The figures by quarter are computed from it.")
    fields = (
        Field("number", _("Order number"), required=True, max_length=40, headings=("order id", "order no", "order", "Auftrag")),
        Field("line", _("Line"), "integer", required=True, headings=("line no", "position", "pos", "item", "Zeile")),
        ACCOUNT,
        Field("product", _("Product"), required=True, max_length=120, headings=("product name", "article", "Artikel", "Produkt")),
        Field("category", _("Category"), max_length=80, headings=("product group", "Warengruppe", "Kategorie")),
        Field("quantity", _("Quantity"), "decimal", required=True, headings=("qty", "amount", "Menge")),
        Field("unit_price", _("Unit price"), "decimal", required=True, headings=("price", "Einzelpreis", "Preis")),
        Field(
            "discount", _("Discount, as a share"), "share", places=4, round_to=2, lowest=Decimal(0), highest=Decimal(1),
            headings=("discount", "Rabatt"), help=_("0.25 and 25 % are the same."),
        ),
        Field("ordered_on", _("Ordered"), "date", required=True, past=True, headings=("order date", "date", "Bestelldatum")),
        Field("required_on", _("Promised for"), "date", headings=("required date", "promised", "due date", "Liefertermin")),
        Field("shipped_on", _("Shipped"), "date", past=True, headings=("shipped date", "ship date", "Versanddatum")),
    )  # fmt: skip

    def standing(self, keys: list[Key], *, pks: list[int] | None = None, lock: bool = False) -> dict[Key, Standing]:
        rows = (
            OrderLine.objects.filter(pk__in=pks)
            if pks
            else OrderLine.objects.filter(number__in={key[0] for key in keys})
        )
        if lock:
            rows = rows.select_for_update(no_key=True, of=("self",))
        wanted = set(keys)
        found: dict[Key, Standing] = {}
        for pk, account_id, code, *told in rows.order_by().values_list("pk", "account_id", "account__code", *TOLD):
            key = (told[0], str(told[1]))
            if pks or key in wanted:
                values: Values = dict(zip(TOLD, ["" if one is None else str(one) for one in told], strict=True))
                found[key] = Standing(pk, values | {"account": code, "_account": account_id})
        return found

    def line(self, values: Values, pk: int | None = None) -> OrderLine:
        plain: dict[str, Any] = {name: values.get(name, "") for name in ("number", "product", "category")}
        plain |= {name: Decimal(values.get(name) or 0) for name in DECIMALS}
        plain |= {name: date.fromisoformat(values[name]) if values.get(name) else None for name in DAYS}
        account: Any = self.known.get(values["account"]) or values.get("_account")
        self.touched.add(account)
        return OrderLine(pk=pk, account_id=account, line=int(values["line"]), **plain)

    @property
    def touched(self) -> set[Any]:
        """The accounts whose figures have to be computed anew."""
        self._touched: set[Any] = getattr(self, "_touched", set())
        return self._touched

    def create(self, rows: list[Row]) -> list[Done]:
        """Poured in as text: making an object of each line would take as long as everything else."""
        pour(OrderLine, ("account", *TOLD), (self.told(row.values) for row in rows))
        made = OrderLine.objects.filter(number__in={row.key[0] for row in rows}).order_by()
        pks: dict[Key, int] = {(number, str(line)): pk for number, line, pk in made.values_list("number", "line", "pk")}
        return [Done(pks[row.key], True, {}, "/".join(row.key), number=row.number) for row in rows]

    def told(self, values: Values) -> tuple[Any, ...]:
        """The columns of a new line."""
        account = self.known[values["account"]]
        self.touched.add(account)
        return (account, *(values.get(name) or BLANK.get(name) for name in TOLD))

    def change(self, rows: list[Row]) -> list[Done]:
        self.overwrite([(row.standing, row.values) for row in rows if row.standing])
        return [
            Done(
                there.pk, False, {name: there.values[name] for name in row.values}, "/".join(row.key), number=row.number
            )
            for row in rows
            if (there := row.standing)
        ]

    def overwrite(self, rows: list[tuple[Standing, Values]]) -> None:
        """Write these values over what stands, in one statement a thousand."""
        self.touched.update(standing.values["_account"] for standing, _values in rows)
        self.find({values["account"] for _standing, values in rows if "account" in values})
        lines = [self.line(standing.values | values, standing.pk) for standing, values in rows]
        OrderLine.objects.bulk_create(
            lines, batch_size=1000, update_conflicts=True, unique_fields=["pk"],
            update_fields=["account", *TOLD],
        )  # fmt: skip

    def after(self) -> list[Done]:
        self.after_undo()
        return []

    def after_undo(self) -> None:
        recompute(self.touched, by=self.run.by, source=self.run.source[:80], as_of=localdate())

    def restore(self, done: list[tuple[Done, Values]]) -> dict[int, str]:
        there = {s.pk: s for s in self.standing([], pks=[one.pk for one, _values in done], lock=True).values()}
        same = [(there[one.pk], one.old) for one, values in done if one.pk in there and agrees(there[one.pk], values)]
        if same:
            self.overwrite(same)
        return left_over(done, {standing.pk for standing, _old in same})

    def remove(self, done: list[tuple[Done, Values]]) -> dict[int, str]:
        there = {s.pk: s for s in self.standing([], pks=[one.pk for one, _values in done], lock=True).values()}
        blank = {one.name: "0.0000" if one.name == "discount" else "" for one in self.fields}
        same = [there[one.pk] for one, values in done if one.pk in there and agrees(there[one.pk], blank | values)]
        self.touched.update(standing.values["_account"] for standing in same)
        OrderLine.objects.filter(pk__in=[standing.pk for standing in same]).delete()
        return left_over(done, {standing.pk for standing in same})


def agrees(standing: Standing, values: Values) -> bool:
    return all(standing.values.get(name, "") == value for name, value in values.items())


def left_over(done: list[tuple[Done, Values]], undone: set[int]) -> dict[int, str]:
    """Why those that were not undone were left."""
    return {one.pk: str(TOUCHED) for one, _values in done if one.pk not in undone}
