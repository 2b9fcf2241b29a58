"""A list's rows as files: CSV as a stream, XLSX as a whole; memory stays flat whatever their number."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from datetime import tzinfo
from typing import IO, Any, cast

from django.utils import timezone

from acr_program.ui.lists import ListPage

from . import reading, sheets
from .cells import drawers, heads

BOM = "\ufeff"


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
    number = 0

    def rows() -> Iterator[list[Any]]:
        nonlocal number
        yield heads(page.table.exported)
        for batch in cells(page):
            yield from batch
            number += len(batch)

    sheets.write(file, str(page.table.noun[1]), rows())
    return number


def xlsx(page: ListPage) -> tuple[bytes, int]:
    """The finished file, and how many rows it has."""
    with tempfile.TemporaryFile() as file:
        number = write_xlsx(page, cast(IO[bytes], file))
        file.seek(0)
        return file.read(), number
