"""The evidence pack of one account and program year: a zip that opens in any browser, offline, and checks itself (M24)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.models import Account
from acr_program.charter.models import ProgramYear
from acr_program.files import packing
from acr_program.files.packing import Content
from reviews.choices import RequestStatus
from reviews.models import ReviewRequest

from . import trail
from .parts import Chapter, Reader, chapters_of

STYLE = "css/evidence.css"
PAGE, SHEET, LOG = "index.html", "evidence.css", "log.jsonl"


@dataclass(frozen=True)
class Told:
    """One review of the pack: its folder, and what stands in its chapters."""

    review: ReviewRequest
    folder: str
    chapters: list[tuple[str, Chapter]]

    def files(self) -> Iterator[tuple[str, Content]]:
        for _key, chapter in self.chapters:
            for name, content in chapter.files.items():
                yield f"{self.folder}/{name}", content


def reviews_of(account: Account, year: ProgramYear) -> list[ReviewRequest]:
    """Whatever was asked for, also what was cancelled; a draft is nobody's business yet."""
    asked = ReviewRequest.objects.filter(account=account, year=year).exclude(status=RequestStatus.DRAFT)
    return list(asked.for_page().order_by("pk"))


def write(
    account: Account, year: ProgramYear, reader: Reader, file: IO[bytes], tell: Any = lambda _percent: None
) -> int:
    """Write the pack; how many rows of the log are in it. The same state gives the same bytes, whoever asks and when.

    Texts and the log stand in memory, a review's worth each; the files pass through piece by piece.
    """
    with timezone.override(timezone.get_default_timezone()), translation.override("en"):
        contents, number = contents_of(account, year, reader)
    whole, gone = sum(packing.size(content) for content in contents.values()) or 1, 0

    def told(size: int) -> None:
        nonlocal gone
        gone += size
        tell(min(99, 100 * gone // whole))

    packing.write_zip(file, contents, told)
    return number


def contents_of(account: Account, year: ProgramYear, reader: Reader) -> tuple[dict[str, Content], int]:
    reviews = reviews_of(account, year)
    told = [Told(one, f"r{one.pk}-{packing.portable(one.audience)}", chapters_of(one, reader)) for one in reviews]
    log = BytesIO()
    number = trail.write(trail.lines(trail.of_reviews(reviews), reader), log)
    contents: dict[str, Content] = {SHEET: style(), LOG: log.getvalue()}
    for one in told:
        contents |= dict(one.files())
    context = {
        "account": account, "year": year, "told": told, "rows": number, "reader": reader, "sheet": SHEET, "log": LOG,
        "files": [listed(name, contents[name]) for name in sorted(contents)], "sums": packing.SUMS,
        "zone": timezone.get_current_timezone_name(),
    }  # fmt: skip
    contents[PAGE] = render_to_string("evidence/index.html", context).encode()
    return contents, number


def listed(name: str, content: Content) -> tuple[str, int, str]:
    return name, packing.size(content), packing.digest(content)


def style() -> bytes:
    found = finders.find(STYLE)
    assert isinstance(found, str), STYLE
    return Path(found).read_bytes()
