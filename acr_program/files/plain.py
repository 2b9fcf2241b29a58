"""PDF and text: what may not stand in them, and that no second file hides in one."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from .errors import NotTaken

PAGE = re.compile(rb"<\s*(?:!doctype|html|svg[\s>]|script|iframe|body|\?xml|\?php)", re.IGNORECASE)
ACTS = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)\b"
)  # words long enough not to stand there by chance
NAMED = re.compile(rb"#[0-9a-fA-F]{2}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
ARCHIVE_END = b"PK\x05\x06"
TAIL = 66_000  # an archive's end stands in the last 65,557 bytes


def check_pdf(data: bytes) -> None:
    """A PDF from its first byte to its last; what would act when opened is refused where it stands in the open."""
    if b"%%EOF" not in data[-1100:]:
        raise NotTaken(_("The PDF is not whole, so it is not taken. Save it anew and send it again."))
    if ACTS.search(NAMED.sub(lambda code: bytes([int(code[0][1:], 16)]), data)):
        raise NotTaken(_("The PDF holds a script, another file or a command. Print it to a new PDF and send that."))
    refuse_a_second_file(data, whole=False)


def check_text(data: bytes) -> None:
    """Letters and nothing else: no page, no picture of lines, no program."""
    text = decoded(data)
    if text is None or CONTROL.search(text):
        words = _(
            "This kind of file is not taken. PDF, PNG, JPEG, Word, Excel and PowerPoint without macros, TXT and CSV are."
        )
        raise NotTaken(words)
    start = text.lstrip("\ufeff \t\r\n\f")[:2]
    if PAGE.search(text.encode()) or start == "#!" or text.lstrip().lower().startswith(("<", "@echo")):
        raise NotTaken(_("This is a page or a program, not plain text, so it is not taken."))


def decoded(data: bytes) -> str | None:
    """Text in UTF-8, in UTF-16 with its mark, or as Windows writes it."""
    codes = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for code in codes:
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    return None


def refuse_a_second_file(data: bytes, *, whole: bool = True) -> None:
    """No page and no archive inside: a file that is two things is none of them."""
    if ARCHIVE_END in data[-TAIL:] or PAGE.search(data if whole else data[:2048]):
        raise NotTaken(_("Another file hides in this one, so it is not taken. Save it anew and send it again."))
