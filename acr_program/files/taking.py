"""Which files people may send: known by their bytes, never by their name or by what the browser says (P29)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import images, packages, plain
from .errors import NotTaken
from .serve import safe_name

LARGEST = 10 << 20
OFFICE = "application/vnd.openxmlformats-officedocument."
VIRUS_TEST = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"
# What a desk would run, or open as a page, were it the last ending; an ending before the last deceives.
RUNS = re.compile(
    r"app|bat|cmd|cpl|dll|do[ct]m|exe|hta|html?|jar|jse?|lnk|mht|ms[ci]|pif|ps1|php|pptm|py|reg|scr|sh|svgz?|vb[es]?|wsf"
    r"|xhtml|xl[st]m|xml"
)


@dataclass(frozen=True)
class Kind:
    """One kind of file that is taken: its type, and the endings its name may have."""

    key: str
    mime: str
    endings: tuple[str, ...]


KINDS = {
    kind.key: kind
    for kind in (
        Kind("pdf", "application/pdf", ("pdf",)),
        Kind("png", "image/png", ("png",)),
        Kind("jpeg", "image/jpeg", ("jpg", "jpeg")),
        Kind("docx", OFFICE + "wordprocessingml.document", ("docx",)),
        Kind("xlsx", OFFICE + "spreadsheetml.sheet", ("xlsx",)),
        Kind("pptx", OFFICE + "presentationml.presentation", ("pptx",)),
        Kind("txt", "text/plain", ("txt", "csv")),
    )
}


def take(data: bytes, name: str) -> tuple[Kind, str]:
    """The kind of these bytes and their cleaned name; NotTaken with a sentence for anything that is not on the list."""
    if not data:
        raise NotTaken(_("The file is empty."))
    if len(data) > LARGEST:
        raise NotTaken(_("The file is larger than 10 MB. Send a smaller one."))
    if VIRUS_TEST in data:
        raise NotTaken(_("The file holds a test sign of virus scanners, so it is not taken."))
    kind, name = sniffed(data), clean(name)
    endings = [part.lower() for part in name.split(".")[1:]]
    last = endings[-1].strip() if endings else ""
    if last not in kind.endings:
        words = _("By its content this is a %(kind)s file, and its name does not end so. Name it “.%(ending)s”.")
        raise NotTaken(words % {"kind": kind.key.upper(), "ending": kind.endings[0]})
    if any(RUNS.fullmatch(part.strip()) for part in endings[:-1]):
        raise NotTaken(_("The name has two endings, so one cannot tell what it is. Give it a plain name."))
    return kind, name


def sniffed(data: bytes) -> Kind:
    """The one kind that these bytes are, wholly."""
    if data.startswith(images.PNG):
        images.check_png(data)
        return KINDS["png"]
    if data.startswith(images.JPEG):
        images.check_jpeg(data)
        return KINDS["jpeg"]
    if data.startswith(b"%PDF-"):
        plain.check_pdf(data)
        return KINDS["pdf"]
    if data.startswith(b"PK\x03\x04"):
        return KINDS[packages.check(data)]
    plain.check_text(data)
    return KINDS["txt"]


def clean(name: str) -> str:
    """The last part of a path, in one way of writing, without what a desk or a reader could be misled by."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    return " ".join(safe_name(last).split())
