"""A list's rows as files: CSV as a stream, XLSX as a whole; memory stays flat whatever their number."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, tzinfo
from typing import IO, Any, cast

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES

from acr_program.ui.lists import ListPage

from . import reading
from .cells import drawers, heads

BOM = "\ufeff"
LONGEST = 32_767  # characters that a cell of a spreadsheet holds
FIRST_DAY = date(1900, 3, 1)  # before it the calendars of spreadsheets disagree


def cells(page: ListPage) -> Iterator[list[list[Any]]]:
    """Every row of the list in its order, some hundred at a time; moments in the zone that is the reader's now."""
    return drawn(page, timezone.get_current_timezone())


def drawn(page: ListPage, zone: tzinfo) -> Iterator[list[list[Any]]]:
    """A stream leaves after the request is over, so the zone is set anew for each part of it."""
    draw = drawers(page.table.exported, page.queryset.model, zone)
    for batch in reading.batches(page.every_row()):
        with timezone.override(zone):
            part = [list(row) for row in zip(*(cells_of(batch) for cells_of in draw), strict=True)]
        yield part


def stream_csv(page: ListPage, written: Callable[[int], None]) -> Iterator[bytes]:
    """UTF-8 with its mark. `written` hears how many rows went out, also where the reader goes away in between."""
    return streamed(page, cells(page), written)


def streamed(page: ListPage, batches: Iterator[list[list[Any]]], written: Callable[[int], None]) -> Iterator[bytes]:
    """The heads leave before the database is asked."""
    number = 0
    try:
        yield (BOM + lines([heads(page.table.exported)])).encode()
        for batch in batches:
            yield lines(batch).encode()
            number += len(batch)
    finally:
        written(number)


def lines(batch: list[list[Any]]) -> str:
    """Every text in quotes, so that no separator of another country cuts it in two; figures bare, nothing empty."""
    book = io.StringIO(newline="")
    csv.writer(book, quoting=csv.QUOTE_STRINGS).writerows(batch)
    return book.getvalue()


def write_xlsx(page: ListPage, file: IO[bytes]) -> int:
    """The list as one sheet; how many rows it has."""
    book, number = Workbook(write_only=True), 0
    sheet = book.create_sheet(str(page.table.noun[1])[:31])
    sheet.freeze_panes = "A2"
    sheet.append([kept(sheet, head) for head in heads(page.table.exported)])
    for batch in cells(page):
        for row in batch:
            sheet.append([kept(sheet, value) for value in row])
        number += len(batch)
    book.save(file)
    return number


def kept(sheet: Any, value: Any) -> Any:
    """The value as it is, except where the library would make something else of it."""
    if isinstance(value, str):
        if value in ERROR_CODES or len(value) > LONGEST:
            cell = WriteOnlyCell(sheet, value[:LONGEST])
            cell.data_type = "s"
            return cell
    elif isinstance(value, date) and (value.year, value.month) < (FIRST_DAY.year, FIRST_DAY.month):
        return value.isoformat()
    return value


def xlsx(page: ListPage) -> tuple[bytes, int]:
    """The finished file, and how many rows it has."""
    with tempfile.TemporaryFile() as file:
        number = write_xlsx(page, cast(IO[bytes], file))
        file.seek(0)
        return file.read(), number
