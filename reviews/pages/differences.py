"""What differs between two versions of the document, section by section, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .composed import Composed

LONGEST = 1500  # words compared one by one; longer passages stand old and new as a whole
ALIKE = 0.4  # the share of words two passages have in common, below which they are two passages
ROUND_ABOUT = 12  # words of what stayed the same, kept around what did not


@dataclass(frozen=True)
class Difference:
    """One section in which two versions differ."""

    section: Composed
    label: Any
    tone: str
    shown: SafeString


@dataclass(frozen=True)
class Comparison:
    """What differs from one earlier version, and what does not."""

    key: str
    label: Any
    name: str  # the version compared with, in words; empty where there is none
    differences: list[Difference]
    same: list[Composed]
    url: str = ""
    current: bool = False

    @property
    def count(self) -> int:
        return len(self.differences)

    @property
    def tone(self) -> str:
        return "warn" if self.differences else "neutral"


def compare(now: Sequence[Composed], then: Sequence[Composed]) -> tuple[list[Difference], list[Composed]]:
    """The sections that differ, in the order of the document, those left out last; and those that do not."""
    old = {section.key: section for section in then}
    found, same = [], []
    for section in now:
        before = old.pop(section.key, None)
        if before is None:
            found.append(Difference(section, _("Section added"), "info", whole("ins", section.lines)))
        elif before.lines == section.lines:
            same.append(section)
        else:
            label = _("Figures changed") if section.figures else _("Text changed")
            found.append(Difference(section, label, "warn", passages(before.lines, section.lines)))
    found += [Difference(gone, _("Section left out"), "warn", whole("del", gone.lines)) for gone in old.values()]
    return found, same


def whole(mark: str, lines: Sequence[str]) -> SafeString:
    return format_html_join(SafeString("<br>"), f"<{mark}>{{}}</{mark}>", ((line,) for line in lines))


def passages(old: list[str], new: list[str]) -> SafeString:
    """The lines that changed, each with its words struck and its words new; what stayed is left out."""
    shown = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        shown += passage(old[a:b], new[c:d])
    return joined("<br>", shown)


def passage(old: list[str], new: list[str]) -> list[SafeString]:
    """Lines that took the place of others: word by word where they are alike, else the old whole and the new whole."""
    if len(old) == len(new) > 1:
        return [line for before, now in zip(old, new, strict=True) for line in passage([before], [now])]
    before, now = " ".join(old).split(), " ".join(new).split()
    if len(before) + len(now) > LONGEST or SequenceMatcher(None, before, now, autojunk=False).ratio() < ALIKE:
        return [part for part in (whole("del", old), whole("ins", new)) if part]
    return [by_word(before, now)]


def by_word(old: list[str], new: list[str]) -> SafeString:
    pieces = []
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (kind, a, b, c, d) in enumerate(codes):
        if kind == "equal":
            pieces.append(shortened(new[c:d], first=place == 0, last=place == len(codes) - 1))
        else:
            pieces += [marked("del", old[a:b]), marked("ins", new[c:d])]
    return joined(" ", pieces)


def joined(between: str, pieces: Iterable[SafeString]) -> SafeString:
    """Escaped pieces in one, what is empty left out."""
    return format_html_join(SafeString(between), "{}", ((piece,) for piece in pieces if piece))


def marked(mark: str, words: list[str]) -> SafeString:
    return format_html("<{0}>{1}</{0}>", SafeString(mark), " ".join(words)) if words else SafeString("")


def shortened(words: list[str], *, first: bool, last: bool) -> SafeString:
    """What stayed the same, cut to what stands next to a change."""
    ahead, behind = [] if first else words[:ROUND_ABOUT], [] if last else words[-ROUND_ABOUT:]
    if len(words) <= len(ahead) + len(behind):
        return conditional_escape(" ".join(words))
    return conditional_escape(" ".join([*ahead, "…", *behind]))
