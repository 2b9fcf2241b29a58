"""Files as nobody should be able to leave them, and good ones beside them, all made here."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

OOXML = b'<?xml version="1.0"?><Types><Override ContentType="application/vnd.openxmlformats-officedocument.%s+xml"/></Types>'
MAINS = {
    "docx": ("word/document.xml", b"wordprocessingml.document.main"),
    "xlsx": ("xl/workbook.xml", b"spreadsheetml.sheet.main"),
    "pptx": ("ppt/presentation.xml", b"presentationml.presentation.main"),
}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def piece(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 2, height: int = 2, inside: bytes = b"") -> bytes:
    head = piece(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    text = piece(b"tEXt", inside) if inside else b""
    rows = piece(b"IDAT", zlib.compress(b"\0\0\0" * 2))
    return b"\x89PNG\r\n\x1a\n" + head + text + rows + piece(b"IEND", b"")


def jpeg(width: int = 2, height: int = 2, comment: bytes = b"A picture") -> bytes:
    said = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
    size = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8"
        + said
        + size
        + b"\xff\xda"
        + struct.pack(">H", 8)
        + b"\x01\x01\x00\x00\x3f\x00"
        + b"\x55" * 20
        + b"\xff\xd9"
    )


def pdf(inside: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + inside + b" >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def archive(parts: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as out:
        for name, body in parts.items():
            out.writestr(name, body)
    return kept.getvalue()


def office(kind: str = "docx", more: dict[str, bytes] | None = None, listed: bytes | None = None) -> bytes:
    main, declared = MAINS[kind]
    return archive({"[Content_Types].xml": listed or OOXML % declared, main: b"<document/>", **(more or {})})


def bomb() -> bytes:
    """Twelve parts of 10 MB of nothing, packed to a few KB."""
    return office(more={f"word/media/{n}.xml": bytes(10 << 20) for n in range(12)})


def lying_count() -> bytes:
    """An archive whose end says that it holds 60,000 parts."""
    good = bytearray(office())
    good[-14:-10] = struct.pack("<HH", 60_000, 60_000)
    return bytes(good)


GOOD = {
    "Report.pdf": ("pdf", pdf()),
    "shelf.png": ("png", png()),
    "shelf.jpg": ("jpeg", jpeg()),
    "shelf.JPEG": ("jpeg", jpeg()),
    "Brief.docx": ("docx", office()),
    "Figures.xlsx": ("xlsx", office("xlsx")),
    "Deck.pptx": ("pptx", office("pptx", {"ppt/embeddings/Chart1.xlsx": b"PK"})),
    "note.txt": ("txt", "Grüße aus Köln, 5 < 6\r\n".encode()),
    "windows.txt": ("txt", "Grüße".encode("cp1252")),
    "wide.csv": ("txt", "a;b\n1;2\n".encode("utf-16")),
    "Q3.2026 final.pdf": ("pdf", pdf()),
    "customer.com.pdf": ("pdf", pdf()),
}
BAD = {
    "nothing.txt": b"",
    "wrong ending.pdf": png(),
    "wrong ending.png": jpeg(),
    "wrong magic.png": b"\x89PNG\r\n\x1a\nnothing of the kind",
    "half.png": png()[:-9],
    "behind.png": png() + b"more",
    "page inside.png": png(inside=b"Comment\0<script>alert(1)</script>"),
    "flood.png": png(60_000, 60_000),
    "flat.png": png(0, 5),
    "archive behind.jpg": jpeg() + archive({"evil.js": b"x"}),
    "archive in comment.jpg": jpeg(comment=archive({"evil.js": b"x"})),
    "page in comment.jpg": jpeg(comment=b"<HTML><body onload=x>"),
    "flood.jpg": jpeg(50_000, 50_000),
    "cut.jpg": jpeg()[:-4],
    "drawing.svg": SVG,
    "drawing.txt": SVG,
    "drawing.png": SVG,
    "page.html": b"<!doctype html><p>Hi",
    "page.txt": b"\xef\xbb\xbf  <HTML><body>Hi",
    "late page.txt": b"Hi\n" * 900 + b"<script>alert(1)</script>",
    "wide page.txt": "<html>".encode("utf-16"),
    "list.xml": b"<?xml version='1.0'?><x/>",
    "setup.exe": b"MZ\x90\x00\x03" + bytes(200),
    "setup.txt": b"MZ\x90\x00\x03" + bytes(200),
    "elf.txt": b"\x7fELF\x02\x01" + bytes(60),
    "run.bat": b"@echo off\r\nformat c:",
    "run.txt": b"#!/bin/sh\nrm -rf ~",
    "report.pdf.exe": pdf(),
    "report.exe.pdf": pdf(),
    "report.html.txt": b"plain words",
    "report": pdf(),
    "shifted.pdf": b"GIF89a" + pdf(),
    "cut.pdf": pdf()[:-8],
    "script.pdf": pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
    "hidden script.pdf": pdf(b"/OpenAction << /S /J#61vaScript /JS (app.alert(1)) >>"),
    "launch.pdf": pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>"),
    "carrier.pdf": pdf(b"/Names << /EmbeddedFiles 3 0 R >>"),
    "archive behind.pdf": pdf() + archive({"a": b"b"}) + b"%%EOF",
    "plain.zip": archive({"a.txt": b"b"}),
    "plain.docx": archive({"a.txt": b"b"}),
    "two.docx": office(more={"xl/workbook.xml": b"<x/>"}),
    "macro.docx": office(more={"word/vbaProject.bin": b"x"}),
    "macro.xlsx": office("xlsx", {"xl/macrosheets/sheet1.xml": b"x"}),
    "macro.docm": office(more={"word/vbaProject.bin": b"x"}),
    "enabled.docx": office(listed=b"<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"),
    "object.docx": office(more={"word/embeddings/oleObject1.bin": b"x"}),
    "program.docx": office(more={"word/media/setup.exe": b"MZ"}),
    "out.docx": office(more={"../../evil.xml": b"x"}),
    "root.docx": office(more={"/etc/passwd.xml": b"x"}),
    "as another.xlsx": office("docx"),
    "bomb.docx": bomb(),
    "count.docx": lying_count(),
    "cut.docx": office()[:-30],
    "behind.docx": office() + b"<script>alert(1)</script>",
    "before.docx": b"GIF89a" + office(),
    "virus.txt": EICAR,
    "large.txt": b"a" * ((10 << 20) + 1),
    "picture.gif": b"GIF89a" + bytes(30),
}
NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "C:\\Users\\ada\\Q3.pdf": "Q3.pdf",
    "a\r\nSet-Cookie: x.pdf": "a Set-Cookie x.pdf",
    "fdp\u202egnp.pdf": "fdp gnp.pdf",
    "a\x00b.pdf": "a b.pdf",
    "<script>.pdf": "script.pdf",
    "x" * 400 + ".pdf": "x" * 150 + ".pdf",
    "...pdf": None,
}
