# ruff: noqa: E501 (a part of a workbook is one text)
"""Bad spreadsheets, made from a seed: what a hostile or careless author of a file can think of."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator

import openpyxl

HEAD = "customer_id,company_name,first_order\n"
BOOK = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
SHEET = '<?xml version="1.0"?>{doctype}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)
ROW = '<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>A{r}</t></is></c><c r="B{r}" t="inlineStr"><is><t>{b}</t></is></c></row>'


def packed(sheet: str | bytes, **more: str | bytes) -> bytes:
    """A workbook of one sheet, whatever stands in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr("[Content_Types].xml", TYPES)
        book.writestr("_rels/.rels", RELS.format(kind="officeDocument", target="xl/workbook.xml"))
        book.writestr("xl/workbook.xml", BOOK)
        book.writestr("xl/_rels/workbook.xml.rels", RELS.format(kind="worksheet", target="worksheets/sheet1.xml"))
        book.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, data in more.items():
            book.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


def sheet(rows: str, doctype: str = "") -> str:
    return SHEET.format(rows=rows, doctype=doctype)


def head_row() -> str:
    cells = zip("ABC", ("customer_id", "company_name", "first_order"), strict=True)
    return (
        '<row r="1">'
        + "".join(f'<c r="{at}1" t="inlineStr"><is><t>{word}</t></is></c>' for at, word in cells)
        + "</row>"
    )


# Each makes a file of one sort


def bomb(rng: random.Random) -> bytes:
    return packed(sheet(head_row() + " " * (rng.randrange(160, 260) << 20)))


def strings_bomb(rng: random.Random) -> bytes:
    strings = f"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>{'<si><t>x</t></si>' * (rng.randrange(3, 6) << 20)}</sst>"
    return packed(sheet(head_row()), xl__sharedStrings_xml=strings)


def far(rng: random.Random) -> bytes:
    at = rng.choice(["XFD1048576", "A1048576", "XFD2", "ZZ9"])
    row = at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return packed(sheet(f'{head_row()}<row r="{row}"><c r="{at}"><v>1</v></c></row>'))


def laughs(rng: random.Random) -> bytes:
    text = sheet(head_row() + ROW.format(r=2, b=f"&{rng.choice('fghij')};"), LAUGHS)
    return packed(text.encode("utf-16") if rng.random() < 0.4 else text)


def outside(rng: random.Random) -> bytes:
    return packed(
        sheet(head_row() + ROW.format(r=2, b="&x;"), '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    )


def deep(rng: random.Random) -> bytes:
    depth = rng.randrange(20_000, 200_000)
    return packed(sheet(head_row() + "<row>" * depth))


def million(rng: random.Random) -> bytes:
    if rng.random() < 0.5:
        return HEAD.encode() + b"".join(b"A%d,N,\n" % n for n in range(1_000_000))
    return packed(sheet(head_row() + "".join(f"<row><c><v>{n}</v></c></row>" for n in range(1_000_000))))


def large(rng: random.Random) -> bytes:
    return HEAD.encode() + b"A1,Name,\n" * ((21 << 20) // 9 + rng.randrange(1000))


def wide(rng: random.Random) -> bytes:
    return b",".join(b"h%d" % n for n in range(rng.randrange(300, 5000))) + b"\n1,2\n"


def other_type(rng: random.Random) -> bytes:
    heads = [
        b"%PDF-1.7\n\0\0",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"MZ\x90\0\x03\0\0",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"GIF89a\0\1",
        b"\x7fELF\2\1\1\0",
    ]
    return rng.choice(heads) + rng.randbytes(rng.randrange(2000))


def other_zip(rng: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(rng.choice(["word/document.xml", "a.txt", "../../etc/passwd"]), "x")
    return out.getvalue()


def torn(rng: random.Random) -> bytes:
    whole = packed(sheet(head_row() + "".join(ROW.format(r=r, b=rng.random()) for r in range(2, 500))))
    if rng.random() < 0.5:
        return whole[: rng.randrange(10, len(whole) - 10)]
    at = rng.randrange(60, len(whole) - 400)
    return whole[:at] + rng.randbytes(200) + whole[at + 200 :]


def broken_xml(rng: random.Random) -> bytes:
    return packed(sheet(head_row() + ROW.format(r=2, b="x"))[: -rng.randrange(5, 40)])


def encoded(rng: random.Random) -> bytes:
    text = HEAD + "A1,Müller,1998-13-45\n"
    return rng.choice(
        [
            text.encode("utf-32"),
            text.encode("utf-16")[:-1],
            text.encode() + b"\0" * 9,
            b"\xff\xfe\xff\xfe" + rng.randbytes(400),
            text.encode("cp1252") + b"\x81\x8d\x9d\n",
        ]
    )


def quotes(rng: random.Random) -> bytes:
    return HEAD.encode() + b'A1,"never closed' + b"x" * rng.randrange(40_000, 4_000_000)


def nothing(rng: random.Random) -> bytes:
    return rng.choice([b" \n\t", b"\n\n\n", HEAD.encode(), b"\xef\xbb\xbf", b",,,\n,,,\n"])


def bad_rows(rng: random.Random) -> bytes:
    wrong = [
        "A1,Name,2062-01-01",
        "A1,Name,31.12.1998",
        ",Name,",
        f"A1,{'x' * 300},",
        "A1,Na\0me,",
        "A1,Name,,,,x",
        "A1,\x07,1998-01-01",
        "A1,Name,0000-00-00",
    ]
    return (HEAD + "\n".join(rng.choices(wrong, k=rng.randrange(1, 60)))).encode()


def formulas(rng: random.Random) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["customer_id", "company_name", "first_order"])
    for _n in range(rng.randrange(1, 40)):
        page.append([rng.choice(["=1+1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"]), "=A1", "=NOW()"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


SORTS: tuple[Callable[[random.Random], bytes], ...] = (
    bomb, far, laughs, million, other_type, torn, encoded, bad_rows, quotes, formulas, strings_bomb, outside, deep, large,
    wide, other_zip, broken_xml, nothing,
)  # fmt: skip
HEAVY = (bomb, strings_bomb, million)


def bad(rng: random.Random, many: int) -> Iterator[tuple[str, bytes]]:
    """So many, of each sort in turn."""
    for number in range(many):
        sort = SORTS[number % len(SORTS)]
        yield sort.__name__, sort(rng)
