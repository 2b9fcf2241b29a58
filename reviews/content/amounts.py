"""Amounts as the inputs of a document carry them, and as its words print them: exact until then, rounded once, half up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from acr_program.render.words import filters

FEW = 2  # below this many orders on either side no percentage of change is printed
CENT, WHOLE, FINE = Decimal("0.01"), Decimal(1), Decimal("0.00000001")
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def rounded(value: Decimal, place: Decimal) -> Decimal:
    return value.quantize(place, ROUND_HALF_UP)


def cents(value: Decimal) -> str:
    return str(rounded(value, CENT))


def share(part: Decimal | int, whole: Decimal | int) -> str | None:
    """Cut off, not rounded: rounding twice would print 231.2 % for 231.149 %."""
    return f"{(Decimal(part) / whole).quantize(FINE, ROUND_DOWN):f}" if whole else None


def change(now: Decimal, before: Decimal, *counts: int) -> str | None:
    """The relative change, or None where a base is missing or too small to mean anything."""
    return None if min(counts) < FEW or before <= 0 else share(now - before, before)


def adds_up(parts: Iterable[Decimal], whole: Decimal, place: Decimal) -> bool:
    """Whether the parts as they are printed come to the whole as it is printed."""
    return sum((rounded(part, place) for part in parts), Decimal()) == rounded(whole, place)


def counted(number: int, noun: str, plural: str = "") -> str:
    """One order, seventeen orders as 17 orders: small numbers in words."""
    word = COUNTS[number] if number < len(COUNTS) else f"{number:,}"
    return f"{word} {noun if number == 1 else plural or noun + 's'}"


class Say:
    """Figures in the words of the document's locale, as plain text; what is not on file says so."""

    def __init__(self, locale: str, currency: str) -> None:
        self._filters = filters(locale, currency)

    def __getattr__(self, name: str) -> Any:
        words = self._filters[name]
        return lambda value, *more: re.sub("<[^>]+>", "", str(words(value, *more)))
