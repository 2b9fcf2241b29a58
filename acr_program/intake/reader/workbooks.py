"""The rows of an XLSX workbook, once its parts were looked through."""

import datetime
import io
import mimetypes
import os
import re
import resource
import sys
import zipfile

from answering import Refused, say

PART = 8 << 20
PARTS = (
    (re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE), 150 << 20),
    (re.compile(r"xl/sharedstrings\.xml", re.IGNORECASE), 40 << 20),
)
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
LAST = re.compile(rb"<(?:\w+:)?row\s[^>]{0,200}?\br\s*=\s*[\"'](\d{1,9})")
CELL = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})\d")
MARKUP = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
OVERLAP = 300


class Looked:
    """What was counted while the parts of a workbook were inflated once, before anybody makes sense of them."""

    def __init__(self, archive, limits):
        self.archive, self.limits = archive, limits
        self.total = self.sheets = 0
        self.widest = 1
        infos = archive.infolist()
        if len(infos) > 2000 or sum(info.file_size for info in infos) > limits["inflated"]:
            self.refuse_bomb()
        for info in infos:
            if info.flag_bits & 1:
                raise Refused("locked")
            self.look_at(info)

    def refuse_bomb(self):
        raise Refused("bomb", mb=self.limits["inflated"] >> 20)

    def look_at(self, info):
        is_sheet = bool(PARTS[0][0].fullmatch(info.filename))
        most = next((size for pattern, size in PARTS if pattern.fullmatch(info.filename)), PART)
        size, rows, before = 0, 0, b""
        with self.archive.open(info) as part:
            while piece := part.read(1 << 20):
                size += len(piece)
                if size > most or self.total + size > self.limits["inflated"]:
                    self.refuse_bomb()
                both = before + piece
                if MARKUP.search(both.replace(b"\0", b"")):
                    raise Refused("entities")
                if is_sheet:
                    rows += len(ROW.findall(both)) - len(ROW.findall(before))
                    self.check_reach(both, rows)
                before = both[-OVERLAP:]
        self.total += size
        self.sheets += size if is_sheet else 0

    def check_reach(self, piece, rows):
        """Too many rows, or a cell far from all others."""
        if rows > self.limits["rows"] + 1:
            raise Refused("rows", most=self.limits["rows"])
        for letters in set(CELL.findall(piece)):
            column = 0
            for letter in letters:
                column = column * 26 + letter - 64
            if column > self.limits["columns"]:
                raise Refused("far", cell=f"column {letters.decode()}")
            self.widest = max(self.widest, column)
        numbers = LAST.findall(piece)
        if numbers and int(numbers[-1]) > self.limits["rows"] + 1000:
            raise Refused("far", cell=f"row {int(numbers[-1])}")


def sheet_rows(data, options, head, limits):
    """The rows of one sheet of a workbook, each with its number."""
    os.environ["OPENPYXL_LXML"] = "False"  # the parser of the standard library knows its limits
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "[Content_Types].xml" not in archive.namelist():
            raise Refused("not-xlsx")
        looked = Looked(archive, limits)
    seconds = min(limits["cpu"] + (looked.sheets >> 20), limits["most"])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, limits["most"] + 1))
    say(budget=seconds)
    sys.stdout.flush()
    mimetypes.knownfiles = []  # openpyxl asks for types, and the system's list is behind a shut door
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    names = [sheet.title for sheet in book.worksheets]
    wanted = options.get("sheet") or next((s.title for s in book.worksheets if s.sheet_state == "visible"), None)
    if wanted not in names:
        raise Refused("sheet", sheet=str(wanted), sheets=", ".join(names[:10]))
    head.update(format="xlsx", encoding="", delimiter="", sheet=wanted, sheets=names[:50])
    sheet = book[wanted]
    sheet.reset_dimensions()
    rows = sheet.iter_rows(min_row=1, max_row=limits["rows"] + 1001, max_col=looked.widest)
    return ((number, [cell_of(cell) for cell in row]) for number, row in enumerate(rows, start=1))


def cell_of(cell):
    value, kind = cell.value, cell.data_type
    if value is None or (type(value) is str and kind in ("s", "n", "inlineStr", "str")):
        return value
    if kind == "f":
        return ["formula", str(getattr(value, "text", value))]
    if kind == "e":
        return ["error", str(value)]
    if isinstance(value, datetime.datetime):
        return ["day", value.date().isoformat()]
    return value if isinstance(value, (bool, int, float, str)) else str(value)
