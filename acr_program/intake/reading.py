"""Asks the parser's process about a file, within limits, and hands on what it says (docs/promises.md, rule 11)."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import structlog
from django.utils.translation import gettext_lazy

logger = structlog.get_logger(__name__)
PARSER = Path(__file__).with_name("reader")
LINE = 64 << 20  # bytes that one line of the parser may have


class Unreadable(Exception):
    """The file is not taken; the sentence says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Limits:
    """What one file may be, and what reading it may use: bytes, seconds; `most` for one that was looked through."""

    file: int = 20 << 20
    rows: int = 200_000
    columns: int = 200
    cell: int = 32_767
    inflated: int = 190 << 20
    memory: int = 300 << 20
    cpu: int = 8
    wall: int = 10
    most: int = 60


LIMITS = Limits()

SAYS: dict[str, Any] = {
    "size": gettext_lazy("The file is larger than %(mb)s MB. Split it, or leave out columns that nobody needs."),
    "empty": gettext_lazy("The file is empty: it needs a row of headings, and rows under it."),
    "binary": gettext_lazy("This is neither a CSV file nor an XLSX workbook. Save the table as one of them."),
    "encoding": gettext_lazy("How the letters of this file are written is not known. Save it as “CSV UTF-8”."),
    "not-so-encoded": gettext_lazy(
        "The file is not written as %(encoding)s: the byte %(byte)s does not occur there. Choose another encoding."
    ),
    "quotes": gettext_lazy("A quotation mark is opened and never closed, or one cell has over 32,000 signs."),
    "csv": gettext_lazy("The file is no table that can be read (%(said)s). Save it as CSV again."),
    "bomb": gettext_lazy(
        "Unpacked, this workbook has more than %(mb)s MB, or one part far too large; it is not opened."
    ),
    "locked": gettext_lazy("The workbook is locked by a password. Save it without one."),
    "entities": gettext_lazy("The workbook holds definitions that no spreadsheet program writes; it is not opened."),
    "far": gettext_lazy(
        "A cell stands far away from the table, at %(cell)s. Delete what is beside and below the table."
    ),
    "rows": gettext_lazy("The file has more than %(most)s rows. Split it into several."),
    "columns": gettext_lazy("The file has more than %(most)s columns. Leave out those that nobody needs."),
    "sheet": gettext_lazy("The workbook has no sheet “%(sheet)s”. It has: %(sheets)s."),
    "old-excel": gettext_lazy("This is a workbook of the old kind (.xls), or locked. Save it as XLSX or CSV."),
    "not-xlsx": gettext_lazy("The file is packed, but no XLSX workbook. Save the table as XLSX or CSV."),
    "memory": gettext_lazy("The file needs more memory than an import may use. Split it, or save it as CSV."),
    "time": gettext_lazy("The file took too long to read. Split it, or save it as CSV."),
    "broken": gettext_lazy("The file cannot be read (%(said)s). Open it, save it again as XLSX or CSV, and try that."),
}


def refusal(code: str, details: dict[str, Any] | None = None) -> Unreadable:
    known = {"said": "", "mb": "", "most": "", "cell": "", "sheet": "", "sheets": "", "byte": "", "encoding": ""}
    numbers = {name: f"{value:,}" if isinstance(value, int) else value for name, value in (details or {}).items()}
    return Unreadable(str(SAYS.get(code, SAYS["broken"])) % (known | numbers))


def look(path: Path, options: dict[str, Any] | None = None, limits: Limits = LIMITS) -> dict[str, Any]:
    """What the file is: format, encoding, delimiter, sheets, headings, number of rows, what its columns look like."""
    found: dict[str, Any] = {}
    for line in answers(path, options or {}, limits, look=True):
        found = line.get("head", found)
    return found


def rows(path: Path, options: dict[str, Any], limits: Limits = LIMITS) -> Iterator[tuple[list[str], list[Any]]]:
    """The file's rows, some hundred at a time, each with its number; beside them the headings."""
    headings: list[str] = []
    for line in answers(path, options, limits, look=False):
        if "head" in line:
            headings = line["head"]["headings"]
        if "rows" in line:
            yield headings, line["rows"]


def answers(path: Path, options: dict[str, Any], limits: Limits, *, look: bool) -> Iterator[dict[str, Any]]:
    """The lines of one parser, until its end; Unreadable where it says so, dies, or takes too long."""
    asked = json.dumps({"options": options, "look": look, "limits": asdict(limits)})
    with path.open("rb") as file, subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-I", "-B", str(PARSER), asked],
        stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd="/", start_new_session=True,
        env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    ) as child:  # fmt: skip
        try:
            yield from listen(child, limits)
        finally:
            child.kill()


def listen(child: subprocess.Popen[bytes], limits: Limits) -> Iterator[dict[str, Any]]:
    """Its lines; time counts only while we wait for it, not while its rows are worked on."""
    left = float(limits.wall)
    assert child.stdout is not None
    pipe, begun = child.stdout.fileno(), b""
    error: dict[str, Any] = {}
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        while True:
            since = time.monotonic()
            if not waiting.select(max(left, 0)):
                raise refusal("time")
            piece = os.read(pipe, 1 << 20)
            left -= time.monotonic() - since
            if not piece or len(begun) > LINE:
                raise refusal(error["error"], error.get("details")) if error else refusal(ending(child))
            *lines, begun = (begun + piece).split(b"\n")
            for line in lines:
                said = json.loads(line)
                if "peak" in said:
                    logger.info("file_read", peak_mb=said["peak"], error=error.get("error", ""))
                    if error:
                        raise refusal(error["error"], error.get("details"))
                    return
                error = said if "error" in said else error
                left += max(0, said.get("budget", 0) - limits.cpu)
                if not error:
                    yield said


def ending(child: subprocess.Popen[bytes]) -> str:
    """Why it ended without its last line: out of seconds, or out of memory."""
    try:
        return "time" if child.wait(timeout=2) in (-24, -9) else "memory"
    except subprocess.TimeoutExpired:
        return "broken"
