"""The tables of a version as its pages print them, read back from its inputs: quarters, orders, parts of the mix, and their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from acr_program.render.words import filters
from reviews.content.amounts import counted

Row = list[Any]
ORDER_HEADS = [
    "Order",
    "Placed",
    "Promised",
    "Shipped",
    "Days",
    "Net value",
]  # in the words of the document, as all here
BOUGHT_HEADS = ["Net value", "Share", "Year before", "Change"]


@dataclass(frozen=True)
class Tabled:
    """One table: heads, rows of cells, a total where it has one, and what stands below it."""

    caption: str
    heads: list[str]
    rows: list[Row]
    total: Row = field(default_factory=list)
    note: str = ""

    @property
    def is_long(self) -> bool:
        """Whether it is folded, so that what follows it stays in sight."""
        return len(self.rows) > 12


def tables_of(section: dict[str, Any], inputs: dict[str, Any]) -> list[Tabled]:
    """The tables of one section, in the order of its pages, each number in the words in which it is printed."""
    say = filters(inputs["locale"], inputs["currency"])
    drawn = DRAWN.get(section["kind"])
    figures = inputs.get("figures") or {}
    own = drawn(section, figures, inputs["currency"], say) if drawn else ()
    return [*own, *(listed(table, say) for table in section.get("tables") or ())]


def listed(table: dict[str, Any], say: Any) -> Tabled:
    """A table that the section brings along."""
    rows = [[say["cell"](value) for value in row] for row in table["rows"]]
    total = ["" if value == "" else say["cell"](value) for value in table.get("total") or ()]
    return Tabled(table["caption"], [one["label"] for one in table["columns"]], rows, total, table.get("note", ""))


def by_quarter(section: dict[str, Any], figures: dict[str, Any], currency: str, say: Any) -> Iterator[Tabled]:
    """The chart of the quarters draws the same numbers."""
    quarters = figures.get("quarters") or []
    if not quarters:
        return
    number, year, before = say["number"], figures.get("year") or {}, figures.get("before") or {}
    rows = [
        ["Net value", number(year.get("net")), *(number(q.get("net")) for q in quarters)],
        ["Year before", number(before.get("net")), *(number(q.get("before_net")) for q in quarters)],
        ["Change", grown(say, year.get("change"), year, before.get("net")),
         *(grown(say, q.get("change"), q, q.get("before_net")) for q in quarters)],
        ["Orders", number(year.get("orders")), *(number(q.get("orders")) for q in quarters)],
    ]  # fmt: skip
    if any(q.get("average") is not None for q in quarters):
        rows.append(["Average order", number(year.get("average")), *(number(q.get("average")) for q in quarters)])
    if any(q.get("shipped") is not None or q.get("on_time_share") is not None for q in quarters):
        rows.append(["On time", punctual(say, year), *(punctual(say, q) for q in quarters)])
    for one in figures.get("measures") or ():
        how = one.get("shown", "number"), one.get("places", 0)
        rows.append([one["label"], *(say["shown"](value, *how) for value in [one.get("year"), *one["quarters"]])])
    note = " ".join(filter(None, [figures.get("partial", ""), *(figures.get("footnotes") or ())]))
    yield Tabled("In figures", [currency, "Year", *(q["label"] for q in quarters)], rows, note=note)


def grown(say: Any, change: Any, now: dict[str, Any], before: Any) -> Any:
    return say["changed"](change, now.get("net"), before)


def punctual(say: Any, row: dict[str, Any]) -> Any:
    return say["punctual"]({"shipped": None, "on_time": None, "on_time_share": None} | row)


def promised(section: dict[str, Any], figures: dict[str, Any], currency: str, say: Any) -> Iterator[Tabled]:
    """The late orders with what is said of each, then every order that is listed; its charts draw the same days."""
    late, reasons = late_of(figures), {one["number"]: one for one in section.get("late") or ()}
    if late:
        heads = [*ORDER_HEADS, "Reason"]
        yield Tabled(
            "Late orders", heads, [[*order_row(one, say), why_late(reasons.get(one["number"]), say)] for one in late]
        )
    if section.get("tables"):  # too many to be listed: the section counts them
        return
    if orders := figures.get("orders") or []:
        whole = figures.get("orders_net")
        total = [counted(len(orders), "order"), "", "", "", "", say["number"](whole, 2)] if whole else []
        rows = [order_row(one, say) for one in orders]
        yield Tabled("Every order of the year", ORDER_HEADS, rows, total, section.get("note", ""))
    elif before := figures.get("orders_before") or []:
        yield Tabled("Orders on file before the year", ORDER_HEADS, [order_row(one, say) for one in before])


def late_of(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """The orders that are named as late; of the year's orders where nothing is said."""
    named: list[dict[str, Any]] = figures.get("late") or []
    return named or [one for one in figures.get("orders") or () if one.get("overdue") or (one.get("days") or 0) > 0]


def order_row(one: dict[str, Any], say: Any) -> Row:
    days = ""
    if one.get("overdue"):
        days = say["early"](one["overdue"])
    elif one.get("promised") is None or one.get("shipped"):
        days = say["early"](one.get("days"))
    shipped = say["shipped"](one.get("shipped"))
    return [
        one["number"], say["short"](one["ordered"]), say["short"](one.get("promised")), shipped, days,
        say["number"](one["net"], 2),
    ]  # fmt: skip


def why_late(told: dict[str, Any] | None, say: Any) -> Any:
    if not told or not told.get("reason"):
        return say["cell"](None)
    return " ".join(filter(None, [told["reason"], told.get("change", "")]))


def bought(section: dict[str, Any], figures: dict[str, Any], currency: str, say: Any) -> Iterator[Tabled]:
    """By category and by product; its chart draws the same shares."""
    for caption, head, name in (
        ("By category", "Category", "categories"),
        ("The largest products", "Product", "products"),
    ):
        rows = [
            [
                row["name"], say["number"](row["net"]), say["percent"](row.get("share")), say["bought"](row.get("before_net")),
                say["changed"](row.get("change"), row["net"], row.get("before_net")),
            ]
            for row in figures.get(name) or ()
        ]  # fmt: skip
        if rows:
            note = figures.get("partial", "") if name == "products" else ""
            yield Tabled(caption, [head, *BOUGHT_HEADS], rows, note=note)


DRAWN: dict[str, Callable[..., Iterator[Tabled]]] = {"figures": by_quarter, "promise": promised, "mix": bought}


def late_without_reason(inputs: dict[str, Any]) -> int:
    """How many late orders the pages name, or count, without saying why."""
    section = next((one for one in inputs.get("sections", ()) if one["kind"] == "promise"), None)
    if section is None:
        return 0
    told = {one["number"] for one in section.get("late") or () if one.get("reason")}
    return sum(one["number"] not in told for one in late_of(inputs.get("figures") or {}))
