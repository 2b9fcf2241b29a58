"""A workbook of one sheet, written row by row: texts as texts whatever they say, figures and days as what they are (P31).

No cell holds a formula: this writer knows none. Nothing of the rows stays in memory.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import batched
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

LONGEST = 32_767  # characters that a cell of a spreadsheet holds
FIRST_DAY = date(1900, 3, 1)  # before it the calendars of spreadsheets disagree
NO_DAY = date(1899, 12, 30)  # from which they count
DAY, MOMENT = 1, 2  # places among the formats in styles.xml
SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what reads as a coded sign is no code of ours
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = (
    f'{XML}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/></Types>'
)
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm:ss"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">'
    + "".join(
        f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' for n in (0, 164, 165)
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
BEGIN = (
    f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView tabSelected="1" workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
END = "</sheetData></worksheet>"


def write(file: IO[bytes], name: str, rows: Iterable[list[Any]]) -> None:
    """The rows as the only sheet of a workbook; the first are the heads, which stay in sight."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", TYPES)
        book.writestr("_rels/.rels", relations(("officeDocument", "xl/workbook.xml")))
        book.writestr("xl/workbook.xml", workbook(name))
        book.writestr(
            "xl/_rels/workbook.xml.rels", relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"))
        )
        book.writestr("xl/styles.xml", STYLES)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(BEGIN.encode())
            for some in batched(lines(rows), 500, strict=False):
                part.write("".join(some).encode())
            part.write(END.encode())


def relations(*found: tuple[str, str]) -> str:
    each = (
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{of}"/>' for n, (kind, of) in enumerate(found, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{"".join(each)}</Relationships>'


def workbook(name: str) -> str:
    """What the one sheet is called: at most 31 signs, none that stands for something in a formula."""
    shown = quoteattr(SHEET_NAME.sub(" ", name)[:31].strip(" '") or "1")
    sheet = f'<sheets><sheet name={shown} sheetId="1" r:id="rId1"/></sheets>'
    return f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheet}</workbook>'


def lines(rows: Iterable[list[Any]]) -> Iterator[str]:
    letters: list[str] = []
    for number, row in enumerate(rows, start=1):
        letters += [letters_of(at) for at in range(len(letters), len(row))]
        cells = [cell(f"{at}{number}", value) for at, value in zip(letters, row, strict=False) if value is not None]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def letters_of(at: int) -> str:
    """A for the first column, AA for the twenty-seventh."""
    before, last = divmod(at, 26)
    return (letters_of(before - 1) if before else "") + chr(65 + last)


def cell(at: str, value: Any) -> str:
    """One cell: a text, a number, a day, or a moment without a zone."""
    if isinstance(value, str):
        return text(at, value)
    if isinstance(value, datetime):
        since = value - datetime(NO_DAY.year, NO_DAY.month, NO_DAY.day)  # noqa: DTZ001 (spreadsheets know no zones)
        return (
            figure(at, since.days + since.seconds / 86_400, MOMENT)
            if value.date() >= FIRST_DAY
            else text(at, value.isoformat())
        )
    if isinstance(value, date):
        return figure(at, (value - NO_DAY).days, DAY) if value >= FIRST_DAY else text(at, value.isoformat())
    if isinstance(value, Decimal) and not value.is_finite():
        return text(at, str(value))
    return figure(at, value)


def figure(at: str, value: Any, style: int = 0) -> str:
    return f'<c r="{at}" s="{style}"><v>{value}</v></c>' if style else f'<c r="{at}"><v>{value}</v></c>'


def text(at: str, value: str) -> str:
    """A text as it stands, with its spaces; what XML or the format would read as something else is written around."""
    value = escape(CODED.sub("_x005F_", value[:LONGEST]), {"\r": "&#13;"})
    space = ' xml:space="preserve"' if value != value.strip() else ""
    return f'<c r="{at}" t="inlineStr"><is><t{space}>{value}</t></is></c>'
