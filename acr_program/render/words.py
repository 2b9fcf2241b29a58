"""Numbers, days and amounts in the reader's locale; a missing value says so, it is never a zero."""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from markupsafe import Markup, escape

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
PATTERNS = {"en-GB": "{d} {month} {y}", "en-US": "{month} {d}, {y}"}
MISSING = Markup('<span class="missing">not on file</span>')
TOO_FEW = Markup('<span class="missing">too few</span>')
NOT_SHIPPED = Markup('<span class="missing">not shipped</span>')
NOT_ORDERED = Markup('<span class="missing">not ordered</span>')
MINUS, THIN, FAST = "\u2212", "\u202f", "\u00a0"


def filters(locale: str, currency: str) -> dict[str, Callable[..., Any]]:
    """Every filter a document template may use; there are no others."""
    own = (number, percent, signed, changed, short, shipped, early, shown, bought, cell, punctual, size, big)
    return {one.__name__: one for one in own} | {"day": partial(day, locale), "money": partial(money, currency)}


def number(value: Any, places: int = 0) -> str:
    if value in (None, ""):
        return MISSING
    step = Decimal(1).scaleb(-int(places))
    return f"{Decimal(str(value)).quantize(step, ROUND_HALF_UP) + 0:,f}".replace("-", MINUS)


def money(currency: str, value: Any, places: int = 2) -> str:
    return MISSING if value in (None, "") else f"{currency}{FAST}{number(value, places)}"


def percent(value: Any, places: int = 1) -> str:
    return MISSING if value in (None, "") else f"{number(Decimal(str(value)) * 100, places)}{THIN}%"


def signed(value: Any, places: int = 1) -> str:
    if value in (None, ""):
        return MISSING
    return ("+" if Decimal(str(value)) > 0 else "") + percent(value, places)


def changed(value: Any, now: Any, before: Any) -> str:
    """A change; without one, whether a side is not on file, or is nought, or both rest on too few orders."""
    if value not in (None, "") or now is None or before is None:
        return signed(value)
    return TOO_FEW if Decimal(before) and Decimal(now) else ""


def day(locale: str, value: Any) -> str:
    """A day in full; May 2026, never 05/26."""
    if not value:
        return MISSING
    at = date.fromisoformat(str(value))
    words = PATTERNS[locale].format(d=at.day, month=MONTHS[at.month - 1], y=at.year)
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), words)


def short(value: Any) -> str:
    if not value:
        return MISSING
    at = date.fromisoformat(str(value))
    return f"{at.day}{FAST}{MONTHS[at.month - 1][:3]}{FAST}{at:%y}"


def shipped(value: Any) -> str:
    """The day of a shipment; an order without one has not been shipped."""
    return short(value) if value else NOT_SHIPPED


def early(value: Any) -> str:
    """Days from the promised date in words."""
    if value is None:
        return MISSING
    return "on the day" if value == 0 else f"{abs(value)} early" if value < 0 else f"{value} late"


def shown(value: Any, how: str = "number", places: int = 0) -> str:
    """A value as its measure wants it shown."""
    if value in (None, ""):
        return MISSING
    ways = {"number": number, "money": number, "percent": percent}
    return ways[how](value, places) if how in ways else str(value)


def bought(value: Any) -> str:
    """An amount of which nought means that nothing was ordered."""
    return NOT_ORDERED if value is not None and not Decimal(value) else number(value)


def cell(value: Any) -> str:
    return MISSING if value in (None, "") else number(value) if type(value) is int else value


def punctual(row: dict[str, Any]) -> str:
    """A quarter's or a year's shipments on time."""
    if row["shipped"] == 0:
        return "none due"
    if row["shipped"] is None or row["on_time"] is None:
        return percent(row["on_time_share"])
    return f"{row['on_time']} of {row['shipped']}"


def size(value: Any) -> int:
    return len(value)


def big(value: Any) -> str:
    """The class of a big number, so that a long one still fits its two columns."""
    length = len(escape(value).striptags())
    return "big" if length <= 7 else "big wide" if length <= 10 else "big widest"
