"""One value as a cell of a file: numbers and days stay what they are, nothing stays empty, no text is a formula (P31)."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from acr_program.ui import tones
from acr_program.ui.columns import Column, tones_for

SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−﬩"
BLANK = "\\s\u00a0\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\u3164\ufeff"
FORMULA = re.compile(f"[{BLANK}]*[{SIGNS}]|[{BLANK}]*?[\t\r\n]")
NO_SIGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no file of rows can hold these
Draw = Callable[[Any], Any]
WORDS = 200  # that one column remembers


def harmless(text: str) -> str:
    """A text that a spreadsheet takes for a text: whatever could begin a formula gets an apostrophe before it."""
    if text[:1].isalnum() and text.isprintable():
        return text
    text = NO_SIGN.sub("", text)
    return f"'{text}" if FORMULA.match(text) else text


def typed(value: Any) -> Any:
    """None, a number, a date, a moment in the reader's own zone, or a harmless text."""
    if value is None or value == "":
        return None
    if type(value) is str:  # most cells are; marked-up and enumerated texts come below
        return harmless(value) or None
    if isinstance(value, Enum):
        return harmless(tones.label_of(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (int, Decimal)):
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, datetime):
        at = timezone.localtime(value) if timezone.is_aware(value) else value
        return at.replace(microsecond=0, tzinfo=None)
    if isinstance(value, date):
        return value
    if isinstance(value, SafeString):  # a column that draws without saying what it means: its words, at least
        return harmless(html.unescape(strip_tags(value))) or None
    return harmless(str(value)) or None


def drawers(columns: Iterable[Column], model: type[Model]) -> list[Draw]:
    """For each column the function from a row to its cell: what has words for its values is written in them."""
    return [drawer(column, model) for column in columns]


def drawer(column: Column, model: type[Model]) -> Draw:
    if column.value is None and column.plain is None and tones_for(model, column.key) is not None:
        words = {value: harmless(str(word)) or None for value, word in tones.labels_of(model, column.key).items()}
        return lambda row: words.get(found := getattr(row, column.key)) or typed(found)
    said: dict[int, tuple[Any, Any]] = {}  # words of the program, translated once for a file and not for each row

    def draw(row: Any) -> Any:
        value = column.raw(row)
        if not isinstance(value, Promise):
            return typed(value)
        known = said.get(id(value))
        if known is None:
            known = (value, typed(value))  # the word itself is kept, so that its number is nobody else's
            if len(said) < WORDS:
                said[id(value)] = known
        return known[1]

    return draw


def heads(columns: Iterable[Column]) -> list[str]:
    return [harmless(str(column.label)) for column in columns]
