"""The big numbers of the year in figures, where the inputs name none of their own."""

from collections.abc import Callable
from typing import Any

FEW = 4
Filters = dict[str, Callable[..., Any]]


def big_numbers(figures: dict[str, Any], currency: str, say: Filters) -> list[dict[str, Any]]:
    """Up to six numbers, each with its basis in words; nothing is printed that is not on file."""
    if figures["numbers"]:
        return list(figures["numbers"][:6])
    year, before = figures["year"], figures["before"] or {}
    if not year:
        return []

    def past(name: str, places: int = 0) -> str:
        value = before.get(name)
        return "" if value is None else f"{say['number'](value, places)} the year before"

    net = past("net")
    if net and year["change"] is not None:
        net = f"{say['signed'](year['change'])}; {net}"
    numbers = [
        number(f"Net value, {currency}", year["net"], net),
        number("Orders", year["orders"], past("orders")),
        on_time(year, before, say),
        number(f"Average order, {currency}", year["average"], past("average")),
        number("Different products", year["products"], past("products")),
        number("Days from order to shipment", year["days_to_ship"], f"Median; {past('days_to_ship')}".rstrip("; ")),
    ]
    return [one for index, one in enumerate(numbers) if index < 3 or one["value"] is not None]


def number(label: str, value: Any, basis: str, **more: Any) -> dict[str, Any]:
    return {"label": label, "value": value, "basis": basis, "shown": "number", "places": 0, "of": None, **more}


def on_time(year: dict[str, Any], before: dict[str, Any], say: Filters) -> dict[str, Any]:
    """Counts where there are counts, a share where only a share is on file, words where nothing was due.

    Beside a few orders no share is printed: one of them late would be a third of them.
    """
    few = year["on_time_share"] is None or (year["shipped"] or FEW) < FEW
    share = "" if few else say["percent"](year["on_time_share"])
    past = ""
    if before.get("shipped") and before.get("on_time") is not None:
        past = f"{before['on_time']} of {before['shipped']} the year before"
    elif before.get("on_time_share") is not None:
        past = f"{say['percent'](before['on_time_share'])} the year before"
    if year["shipped"] == 0:
        return number("On time", "none due", past, shown="text")
    if year["shipped"] and year["on_time"] is not None:
        return number("On time", year["on_time"], "; ".join(filter(None, [share, past])), of=year["shipped"])
    return number("On time", year["on_time_share"], past, shown="percent", places=1)
