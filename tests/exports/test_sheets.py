"""What a sheet says when others read it: texts to the last sign, figures and days typed, no formula (P31)."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from acr_program.exports import sheets

from .reading import xlsx_rows

pytestmark = pytest.mark.demand("P31")
TEXTS = [
    "plain", "<b>&amp;</b>", '"quoted"', " begins and ends with space ", "two\nlines", "#N/A", "TRUE", "00123", "1e5",
    "Ærø 東京 😀", "]]>", "_x0041_ is no A", "_xyz_", "=1+1",
]  # fmt: skip


def written(*rows: list[Any], name: str = "rows") -> bytes:
    file = io.BytesIO()
    sheets.write(file, name, rows)
    return file.getvalue()


def values(data: bytes) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))


def test_texts_come_back_as_they_were() -> None:
    data = written(["heads"], *([text] for text in TEXTS))

    assert [row[0] for row in values(data)[1:]] == [text.replace("_x0041_", "_x005F_x0041_") for text in TEXTS]
    assert [row[0].text for row in xlsx_rows(data)[1:] if row[0]] == TEXTS
    assert {cell.kind for row in xlsx_rows(data) for cell in row if cell} == {"inlineStr"}
    assert not any(cell.formula for row in xlsx_rows(data) for cell in row if cell)


def test_figures_and_days_are_typed_and_nothing_stays_empty() -> None:
    row = [7, -2, Decimal("1234.5600"), 0.25, date(2026, 3, 1), datetime(2026, 3, 1, 12, 30, 15), None, "end"]
    data = written(["a"] * len(row), row)

    assert values(data)[1] == (
        7,
        -2,
        1234.56,
        0.25,
        datetime(2026, 3, 1),
        datetime(2026, 3, 1, 12, 30, 15),
        None,
        "end",
    )
    assert [cell and cell.kind for cell in xlsx_rows(data)[1]] == ["n"] * 6 + [None, "inlineStr"]


def test_what_a_sheet_cannot_hold_as_what_it_is_stands_in_words() -> None:
    long = "x" * 40_000
    row = [date(1899, 12, 31), datetime(1900, 2, 28, 1), Decimal("NaN"), long, "one\r\ntwo"]

    read = xlsx_rows(written(["a"] * len(row), row))[1]

    assert [cell.text for cell in read[:3] if cell] == ["1899-12-31", "1900-02-28T01:00:00", "NaN"]
    assert [cell.kind for cell in read if cell] == ["inlineStr"] * 5
    assert [len(cell.text) for cell in read[3:] if cell] == [32_767, 8]


def test_every_day_since_both_calendars_agree_is_the_same_day() -> None:
    days = [date(1900, 3, 1), date(1904, 2, 29), date(1999, 12, 31), date(2024, 2, 29), date(9999, 12, 31)]

    assert [row[0].date() for row in values(written(["day"], *([day] for day in days)))[1:]] == days


def test_many_columns_and_rows_stand_where_they_belong() -> None:
    data = written([f"c{n}" for n in range(800)], *([n] * 3 for n in range(1200)))

    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert (sheet["A1"].value, sheet["Z1"].value, sheet["AA1"].value, sheet["ADT1"].value) == (
        "c0",
        "c25",
        "c26",
        "c799",
    )
    assert (sheet.max_row, sheet["C1201"].value, sheet.freeze_panes) == (1201, 1199, "A2")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("accounts", "accounts"),
        ("a/b: [c]", "a b   c"),
        ("", "1"),
        ("'", "1"),
        ("x" * 40, "x" * 31),
        ('<"&">', '<"&">'),
    ],
)
def test_a_sheet_has_a_name_that_it_may_have(name: str, shown: str) -> None:
    assert openpyxl.load_workbook(io.BytesIO(written(["a"], name=name))).sheetnames == [shown]


def test_the_package_names_all_its_parts_and_no_others() -> None:
    with zipfile.ZipFile(io.BytesIO(written(["a"]))) as book:
        assert book.testzip() is None
        named = book.read("[Content_Types].xml").decode()
        assert all(
            part.endswith(".rels") or part == "[Content_Types].xml" or f"/{part}" in named for part in book.namelist()
        )
