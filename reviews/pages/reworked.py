"""What was asked of a section that came back, and what has changed in it since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from acr_program.workflow.log import LogEntry

from .differences import passages
from .lines import in_words


@dataclass(frozen=True)
class Reworked:
    """The word with which it was sent back, and its text before and now, word by word."""

    asked: LogEntry
    shown: SafeString  # empty where not a word has changed
    known: bool  # whether the text before is on file


def reworked_of(entries: Sequence[LogEntry], text: str) -> Reworked | None:
    """From the section's own log, newest first; None where it never came back."""
    place = next((n for n, entry in enumerate(entries) if entry.step == "send_back"), None)
    if place is None:
        return None
    before = next((text_in(entry) for entry in entries[place:] if entry.step == "submit"), "")
    return Reworked(entries[place], passages(lines(before), lines(text)), bool(before))


def text_in(entry: LogEntry) -> str:
    """What was handed in; the words may have been erased."""
    detail = getattr(entry, "detail", None)
    return in_words(str(detail.data.get("text", "")), detail.data.get("lines", [])) if detail else ""


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
