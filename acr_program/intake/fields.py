"""What a column of an import may be, and how a cell becomes a value of it: the same text for the same thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.people.folding import folded
from acr_program.ui import phrases

EARLIEST = date(1950, 1, 1)
YEARS_AHEAD = 5
REMEMBERED = 20_000  # different cells of one column whose value is kept: numbers and days repeat
DAY = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ]\d{1,2}:\d\d.*)?")
SPACES = "\u0020\u00a0\u202f\u2009'’"
MONEY = "€$£¥"


class Bad(Exception):
    """A cell that is no value of its column; the sentence says why."""


@dataclass(frozen=True)
class Field:
    """One thing a row tells. `headings` are the names under which it is guessed; `places` what is kept of a decimal.

    type: text, email, date, decimal, integer, share (0.25 or 25 %) or choice. `round_to` rounds before it is kept: float
    noise is none of ours. `past` refuses days to come.
    """

    name: str
    label: Any
    type: str = "text"
    headings: tuple[str, ...] = ()
    required: bool = False
    max_length: int = 200
    places: int = 2
    round_to: int | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    past: bool = False
    choices: tuple[tuple[str, Any], ...] = ()
    help: Any = ""

    def said(self, value: str) -> str:
        """A value that was read, as pages say it: days and choices in words, a share in percent, numbers as people write them."""
        if not value:
            return ""
        if self.type == "date":
            return phrases.day(date.fromisoformat(value))
        if self.type == "choice":
            return str(dict(self.choices).get(value, value))
        if self.type == "share":
            percent = Decimal(value) * 100
            return f"{phrases.number(percent, 2 if percent % 1 else 0)} %"
        if self.type in ("decimal", "integer"):
            return phrases.number(Decimal(value), self.places if self.type == "decimal" else 0)
        return value

    def reader(self, options: Mapping[str, Any]) -> Callable[[Any], Any]:
        """The function that makes a value of a cell; Bad where it cannot."""
        read = READERS[self.type](self, options)
        if self.type == "text":
            return read
        known: dict[Any, Any] = {}

        def remembering(cell: Any) -> Any:
            try:
                return known[cell]
            except (KeyError, TypeError):  # not seen yet; a list, which no dictionary takes
                value = read(cell)
                if len(known) < REMEMBERED and not isinstance(cell, list):
                    known[cell] = value
                return value

        return remembering


def plain(cell: Any) -> str:
    """The words of a cell, whatever it was typed as: one line, composed accents, nothing invisible."""
    if type(cell) is not str:
        cell = words_of(cell)
    if cell.isascii() and cell.isprintable():
        return " ".join(cell.split()) if "  " in cell else cell.strip()
    text = " ".join(unicodedata.normalize("NFC", cell).split())
    if not text.isprintable():
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
        if not text.isprintable():
            raise Bad(_("holds signs that are no text: save the file as UTF-8"))
    return text


def words_of(cell: Any) -> str:
    """A cell of a spreadsheet as text."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case int():
            return str(cell)
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case ["day", said]:
            return str(said)
        case ["formula", said]:
            raise Bad(_("holds the formula “%(text)s”: save the sheet with its values") % {"text": str(said)[:60]})
        case ["error", said]:
            raise Bad(_("holds the error %(text)s") % {"text": str(said)[:20]})
    return str(cell)


def text_reader(field: Field, options: Mapping[str, Any]) -> Callable[[Any], str]:
    limit = field.max_length

    def read(cell: Any) -> str:
        value = plain(cell)
        if len(value) > limit:
            raise Bad(_("is longer than %(n)d signs") % {"n": limit})
        return value

    return read


def email_reader(field: Field, options: Mapping[str, Any]) -> Callable[[Any], str]:
    def read(cell: Any) -> str:
        value = plain(cell).lower()
        try:
            if value:
                validate_email(value)
        except ValidationError:
            raise Bad(_("“%(text)s” is no e-mail address") % {"text": value[:60]}) from None
        return value

    return read


def number_in(text: str, decimal: str) -> Decimal:
    """The number as written with this decimal mark; thousands by the other mark, a space or an apostrophe."""
    bare = text.strip(MONEY + SPACES)
    other = "." if decimal == "," else ","
    whole, mark, rest = bare.partition(decimal)
    sign, digits = (whole[:1], whole[1:]) if whole[:1] in "+-" else ("", whole)
    groups = re.split(f"[{re.escape(other + SPACES)}]", digits)
    grouped = len(groups) == 1 or (0 < len(groups[0]) < 4 and all(len(group) == 3 for group in groups[1:]))
    joined = "".join(groups)
    if not grouped or not (joined + rest).isascii() or not (joined + rest).isdecimal() or (mark and not rest):
        raise InvalidOperation
    return Decimal(f"{sign}{joined or 0}.{rest or 0}")


def decimal_reader(field: Field, options: Mapping[str, Any]) -> Callable[[Any], str]:
    mark = options.get("decimal") or "."
    rounded = Decimal(1).scaleb(-(field.places if field.round_to is None else field.round_to))
    kept = Decimal(1).scaleb(-field.places)
    low, high = field.lowest, Decimal(10) ** 10 if field.highest is None else field.highest

    def read(cell: Any) -> str:
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            value, said = Decimal(repr(cell)), str(cell)
        elif not (said := plain(cell)):
            return ""
        else:
            share = field.type == "share" and said.endswith("%")
            try:
                value = number_in(said.removesuffix("%"), mark)
            except InvalidOperation:
                raise Bad(_("“%(text)s” is no number") % {"text": said[:40]}) from None
            value = value / 100 if share else value
        if not value.is_finite() or (low is not None and value < low) or abs(value) > high:
            raise Bad(_("%(text)s is not a value that can be") % {"text": said[:40]})
        return f"{value.quantize(rounded, ROUND_HALF_UP).quantize(kept):f}"

    return read


def integer_reader(field: Field, options: Mapping[str, Any]) -> Callable[[Any], str]:
    read_decimal = decimal_reader(Field(field.name, field.label, places=6, lowest=field.lowest), options)

    def read(cell: Any) -> str:
        value = read_decimal(cell)
        if value and Decimal(value) % 1:
            raise Bad(_("%(text)s is no whole number") % {"text": plain(cell)[:40]})
        return str(int(Decimal(value))) if value else ""

    return read


def date_reader(field: Field, options: Mapping[str, Any]) -> Callable[[Any], str]:
    order = options.get("dates") or "ymd"
    today = localdate()
    latest = today + timedelta(days=1) if field.past else today.replace(day=1, year=today.year + YEARS_AHEAD)

    def read(cell: Any) -> str:
        said = plain(cell)
        if not said:
            return ""
        found = day_in(said, "ymd" if isinstance(cell, list) else order)
        if not EARLIEST <= found <= latest:
            words = _("%(day)s lies too far off: it must be between %(first)s and %(last)s")
            raise Bad(words % {"day": phrases.day(found), "first": phrases.day(EARLIEST), "last": phrases.day(latest)})
        return found.isoformat()

    return read


def day_in(said: str, order: str) -> date:
    """The day as written in this order of year, month and day; a year of four digits in front is always the year."""
    match = DAY.fullmatch(said)
    parts = dict(zip("ymd" if match and len(match[1]) == 4 else order, match.groups(), strict=True)) if match else {}
    try:
        if len(parts["y"]) != 4:
            raise ValueError
        return date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
    except (KeyError, ValueError):
        orders = {"ymd": _("year, month, day"), "dmy": _("day, month, year"), "mdy": _("month, day, year")}
        words = {"text": said[:40], "order": orders[order]}
        raise Bad(_("“%(text)s” is no day written as %(order)s, the year in four digits") % words) from None


def choice_reader(field: Field, options: Mapping[str, Any]) -> Callable[[Any], str]:
    known = {folded(str(word)): value for value, label in field.choices for word in (value, label)}

    def read(cell: Any) -> str:
        said = plain(cell)
        if said and folded(said) not in known:
            listed = ", ".join(str(label) for _value, label in field.choices[:8])
            raise Bad(_("“%(text)s” is none of: %(all)s") % {"text": said[:40], "all": listed})
        return str(known[folded(said)]) if said else ""

    return read


READERS: dict[str, Callable[[Field, Mapping[str, Any]], Callable[[Any], Any]]] = {
    "text": text_reader, "email": email_reader, "decimal": decimal_reader, "share": decimal_reader,
    "integer": integer_reader, "date": date_reader, "choice": choice_reader,
}  # fmt: skip
