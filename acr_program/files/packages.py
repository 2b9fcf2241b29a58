"""Word, Excel and PowerPoint: archives, known by their table of contents; nothing is unpacked but one small list."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from django.utils.translation import gettext as _

from .errors import NotTaken

END, LONG_END = b"PK\x05\x06", 22
ENTRIES, INFLATED, RATIO = 3_000, 100 << 20, 200
LIST = "[Content_Types].xml"
LIST_LARGEST = 1 << 20
MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
ACTS = re.compile(
    r"vba|macro|activex|oleobject|\.(?:bin|exe|dll|js|html?|zip|jar|[a-z]{3}m|doc|xls|ppt)$", re.IGNORECASE
)
HARMLESS = re.compile(r"printerSettings/printerSettings\d*\.bin$", re.IGNORECASE)
DECLARED = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
    "pptx": b"presentationml.presentation.main+xml",
}


def check(data: bytes) -> str:
    """docx, xlsx or pptx; NotTaken for any other archive, and for one with macros, programs or too much inside."""
    end = data[-LONG_END:]
    if not end.startswith(END) or not end.endswith(b"\x00\x00"):
        raise NotTaken(_("Something stands behind the end of the file, so it is not taken. Save it anew."))
    if int.from_bytes(end[10:12], "little") > ENTRIES:
        raise too_much()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return kind_of(archive, archive.infolist())
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        raise NotTaken(_("The file is damaged or locked by a password, so it is not taken.")) from None


def kind_of(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> str:
    names = {entry.filename for entry in entries}
    kinds = {kind for name, kind in MAIN.items() if name in names}
    if len(kinds) != 1 or LIST not in names:
        raise NotTaken(_("This is an archive. Send its files one by one; Word, Excel and PowerPoint files are taken."))
    if any(unsafe(name) for name in names) or len(names) != len(entries):
        raise NotTaken(_("The file holds a macro, a program or another file. Save it without, and send it again."))
    if sum(entry.file_size for entry in entries) > INFLATED or any(swollen(entry) for entry in entries):
        raise too_much()
    with archive.open(LIST) as content:
        listed = content.read(LIST_LARGEST)
    kind = kinds.pop()
    if b"macroEnabled" in listed or DECLARED[kind] not in listed:
        raise NotTaken(_("The file does not say that it is a document without macros, so it is not taken."))
    return kind


def unsafe(name: str) -> bool:
    """A name that leads out of the archive, or something that acts."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or (bool(ACTS.search(name)) and not HARMLESS.search(name))


def swollen(entry: zipfile.ZipInfo) -> bool:
    """Whether a part says it unpacks to far more than documents do."""
    return entry.file_size > 10 << 20 and entry.file_size > RATIO * max(entry.compress_size, 1)


def too_much() -> NotTaken:
    return NotTaken(_("The file unpacks to far more than a document holds, so it is not taken."))
