"""Files read back by other means than they were written with: the csv module, and the XML in a sheet."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any, NamedTuple
from xml.etree import ElementTree

CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # signs that XML cannot hold, as spreadsheets write them
NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Raw(NamedTuple):
    """One cell as the file has it: its type (n where none is named), its text, whether a formula stands in it."""

    kind: str
    text: str
    formula: bool


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def csv_rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf"), "no mark of UTF-8"
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def xlsx_rows(data: bytes) -> list[list[Raw | None]]:
    """Every row of the first sheet, with None where nothing stands."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        shared = strings(book)
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.iter(f"{NS}row"):
        found: dict[int, Raw] = {column(c.get("r", "")): raw(c, shared) for c in row.iter(f"{NS}c")}
        rows.append([found.get(n) for n in range(max(found, default=-1) + 1)])
    return rows


def strings(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    root = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in item.iter(f"{NS}t")) for item in root.iter(f"{NS}si")]


def raw(cell: Any, shared: list[str]) -> Raw:
    kind, value = cell.get("t", "n"), cell.find(f"{NS}v")
    text = (
        "".join(t.text or "" for t in cell.iter(f"{NS}t"))
        if kind == "inlineStr"
        else (value.text or "" if value is not None else "")
    )
    if kind == "s":
        kind, text = "inlineStr", shared[int(text)]
    text = CODED.sub(lambda found: chr(int(found[1], 16)), text)
    return Raw(kind, text, cell.find(f"{NS}f") is not None)


def column(where: str) -> int:
    number = 0
    for letter in where.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1
