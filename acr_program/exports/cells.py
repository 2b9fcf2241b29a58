"""One value as a cell of a file: numbers and days stay what they are, nothing stays empty, no text is a formula (P31)."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from acr_program.ui import tones
from acr_program.ui.columns import Column, tones_for

SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−﬩"
BLANK = "\\s\u00a0\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\u3164\ufeff"
FORMULA = re.compile(f"[{BLANK}]*[{SIGNS}]|[{BLANK}]*?[\t\r\n]")
NO_SIGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no file of rows can hold these
Draw = Callable[[Sequence[Any]], list[Any]]
WORDS = 200  # that one column remembers


def harmless(text: str) -> str:
    """A text that a spreadsheet takes for a text: whatever could begin a formula gets an apostrophe before it."""
    if text[:1].isalnum() and text.isprintable():
        return text
    text = NO_SIGN.sub("", text)
    return f"'{text}" if FORMULA.match(text) else text


def typed(value: Any, zone: tzinfo | None = None) -> Any:
    """None, a number, a date, a moment in this zone (by default the reader's own), or a harmless text."""
    if value is None:
        return None
    if isinstance(value, Promise):
        value = str(value)
    if type(value) is str:  # marked-up and enumerated texts come below
        return harmless(value) or None
    if isinstance(value, datetime):
        at = value.astimezone(zone or timezone.get_current_timezone()) if timezone.is_aware(value) else value
        return at.replace(microsecond=0, tzinfo=None)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Enum):
        return harmless(tones.label_of(value)) or None
    if isinstance(value, (int, Decimal, date)):
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, SafeString):  # a column that draws without saying what it means: its words, at least
        return harmless(html.unescape(strip_tags(value))) or None
    return harmless(str(value)) or None


def drawers(columns: Iterable[Column], model: type[Model], zone: tzinfo) -> list[Draw]:
    """For each column the function from some rows to its cells: what has words for its values is written in them."""
    return [drawer(column, model, zone) for column in columns]


def drawer(column: Column, model: type[Model], zone: tzinfo) -> Draw:
    raw = column.plain or (column.value if callable(column.value) else column.raw)
    words: dict[Any, str | None] = {}
    said: dict[str, Any] = {}  # words of the program, translated once for a file and not for each row
    if column.value is None and column.plain is None and tones_for(model, column.key) is not None:
        words = {value: harmless(str(word)) or None for value, word in tones.labels_of(model, column.key).items()}

    def other(value: Any) -> Any:
        text = untranslated(value) if isinstance(value, Promise) else None
        if text is None:
            return typed(value, zone)
        if text not in said and len(said) < WORDS:
            said[text] = typed(value)
        return said[text] if text in said else typed(value)

    def cell(value: Any) -> Any:
        if type(value) is str:
            return (harmless(value) or None) if value else None
        return other(value)

    def draw(rows: Sequence[Any]) -> list[Any]:
        values = map(raw, rows)
        if words:
            return [words.get(value) or cell(value) for value in values]
        return [cell(value) for value in values]

    return draw


def untranslated(words: Promise) -> str | None:
    """The program's own word of which this is the translation to be; None where it takes more than one word to tell."""
    translate, told, *_more = words.__reduce__()[1]  # type: ignore[misc]
    return told[0] if translate is gettext and len(told) == 1 else None


def heads(columns: Iterable[Column]) -> list[str]:
    return [harmless(str(column.label)) for column in columns]
