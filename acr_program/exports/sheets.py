"""A workbook of one sheet, written row by row: texts as texts whatever they say, figures and days as what they are (P31).

The library is told the type of each cell, so that no text becomes a formula, a link or a number. Rows go to the disk, not
into memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from xlsxwriter import Workbook

LONGEST = 32_767  # characters that a cell of a spreadsheet holds
FIRST_DAY = date(1900, 3, 1)  # before it the calendars of spreadsheets disagree
SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"

Put = Callable[[int, int, Any], object]


def write(file: IO[bytes], name: str, rows: Iterable[list[Any]]) -> None:
    """The rows as the only sheet of a workbook; the first are the heads, which stay in sight."""
    with Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(sheet_name(name))
        sheet.freeze_panes(1, 0)
        put = writer(book, sheet)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if value is not None:
                    put(number, place, value)


def sheet_name(name: str) -> str:
    """At most 31 signs, none that stands for something in a formula."""
    return SHEET_NAME.sub(" ", name)[:31].strip(" '") or "1"


def writer(book: Any, sheet: Any) -> Put:
    """Writes one cell by its type: a text, a figure, a day, or a moment without a zone."""
    day, moment = book.add_format({"num_format": DAY}), book.add_format({"num_format": MOMENT})

    def put(row: int, place: int, value: Any) -> None:
        if isinstance(value, str):
            sheet.write_string(row, place, value[:LONGEST])
        elif isinstance(value, datetime | date):
            on, shown = (value.date(), moment) if isinstance(value, datetime) else (value, day)
            if on < FIRST_DAY:
                sheet.write_string(row, place, value.isoformat())
            else:
                sheet.write_datetime(row, place, value, shown)
        elif isinstance(value, Decimal) and not value.is_finite():
            sheet.write_string(row, place, str(value))
        else:
            sheet.write_number(row, place, value)

    return put
