"""What differs between two versions of the document, section by section, word by word, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from operator import eq
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .composed import Composed

WORD = re.compile(r"\d(?:[\d.,]*\d)?|\w+|\s+|[^\w\s]")  # a figure is one word, and so is a comma: either alone is found
PIECE = re.compile(r"\S+\s*|\s+")
LONGEST = 1500  # words compared one by one; longer passages stand old and new as a whole
MOST_PAIRS = (
    500_000  # places where a word or a line of one could be one of the other; beyond, looking at each takes too long
)
ALIKE = 0.4  # the share of words two passages have in common, below which they are two passages
IN_PLACE = 0.8  # the share of words that stand where they stood, above which the others are told place by place
ROUND_ABOUT = 12  # words of what stayed the same, kept around what did not


@dataclass(frozen=True)
class Run:
    """A stretch of the text: what it was and what it is; the same where nothing differs."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        return self.old == self.new


END = Run("\n", "\n")
Spot = list[Run]  # lines that stayed, or lines that took the place of others


@dataclass(frozen=True)
class Difference:
    """One section in which two versions differ."""

    section: Composed
    label: Any
    tone: str
    shown: Any


@dataclass(frozen=True)
class Comparison:
    """What differs from one earlier text, and what does not."""

    key: str
    label: Any
    name: str  # what it is compared with, in words; empty where there is none
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
            found.append(Difference(section, _("Section added"), "info", passages([], section.lines)))
        elif before.lines != section.lines:
            label = _("Figures changed") if section.figures else _("Text changed")
            found.append(Difference(section, label, "warn", passages(before.lines, section.lines)))
        elif before.html != section.html:
            words = _("The words are the same; how they are set is not.")
            found.append(Difference(section, _("Layout changed"), "info", words))
        else:
            same.append(section)
    left = [(gone, passages(gone.lines, [])) for gone in old.values()]
    found += [Difference(gone, _("Section left out"), "warn", shown) for gone, shown in left]
    return found, same


def redline(old: str, new: str) -> list[Spot]:
    """Both texts in one, whatever they are: `accept` gives the new one back to the sign, `reject` the old one."""
    return spots(old.split("\n"), new.split("\n"))


def accept(found: Iterable[Spot]) -> str:
    return "\n".join(accepted(found))


def reject(found: Iterable[Spot]) -> str:
    return "\n".join(rejected(found))


def spots(old: list[str], new: list[str]) -> list[Spot]:
    """Both texts in one, line by line: taking every `new` of it gives the new text, every `old` the old one (M3)."""
    before, now = [f"{line}\n" for line in old], [f"{line}\n" for line in new]
    if pairs(before, now) > MOST_PAIRS:
        return as_a_whole(before, now)
    found: list[Spot] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append([Run("".join(before[a:b]), "".join(now[c:d]))])
        elif b - a == d - c:
            found += [by_word(one, other) for one, other in zip(before[a:b], now[c:d], strict=True)]
        else:
            found.append(by_word("".join(before[a:b]), "".join(now[c:d])))
    return found


def pairs(before: Iterable[str], now: Iterable[str]) -> int:
    """How often something of one side stands on the other: the same word a thousand times on both is a million."""
    there = Counter(now)
    return sum(count * there[one] for one, count in Counter(before).items())


def as_a_whole(before: list[str], now: list[str]) -> list[Spot]:
    """What both begin and end with, and between them the old lines whole and the new whole."""
    most = min(len(before), len(now))
    first = next((at for at in range(most) if before[at] != now[at]), most)
    last = next((at for at in range(most - first) if before[-1 - at] != now[-1 - at]), most - first)
    ends = [(before[:first], now[:first]), (before[first : len(before) - last], now[first : len(now) - last])]
    ends.append((before[len(before) - last :], now[len(now) - last :]))
    return [[Run("".join(old), "".join(new))] for old, new in ends if old or new]


def accepted(found: Iterable[Spot]) -> list[str]:
    return "".join(run.new for spot in found for run in spot).split("\n")[:-1]


def rejected(found: Iterable[Spot]) -> list[str]:
    return "".join(run.old for spot in found for run in spot).split("\n")[:-1]


def by_word(old: str, new: str) -> Spot:
    """Word by word where the two are alike, else the old whole and the new whole; their line end stays by itself."""
    if not (old and new):
        return [Run(old, new)]
    before, now = WORD.findall(old[:-1]), WORD.findall(new[:-1])
    if len(before) + len(now) > 2 * LONGEST or not alike(before, now):
        return [Run(old[:-1], new[:-1]), END]
    if len(before) == len(now) and sum(map(eq, before, now)) >= IN_PLACE * len(now):
        return [*joined(map(Run, before, now)), END]
    codes = SequenceMatcher(str.isspace, before, now, autojunk=False).get_opcodes()
    return [*joined(Run("".join(before[a:b]), "".join(now[c:d])) for _kind, a, b, c, d in codes), END]


def alike(before: list[str], now: list[str]) -> bool:
    old, new = ([word for word in side if not word.isspace()] for side in (before, now))
    if pairs(old, new) > MOST_PAIRS:
        return False
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE


def joined(runs: Iterable[Run]) -> Spot:
    """What stayed in one stretch; changes that only a space parts are read as one."""
    found: Spot = []
    for run in runs:
        if found and run.same and found[-1].same:
            found[-1] = Run(found[-1].old + run.old, found[-1].new + run.new)
            continue
        if not run.same and len(found) > 1 and found[-1].same and found[-1].old.isspace():
            space, before = found.pop(), found.pop()
            run = Run(before.old + space.old + run.old, before.new + space.new + run.new)
        found.append(run)
    return found


def passages(old: list[str], new: list[str]) -> SafeString:
    """The lines that changed, each with its words struck and its words new; what stayed is left out."""
    changed = [spot for spot in spots(old, new) if not all(run.same for run in spot)]
    return joining("<br>", (joining("", drawn(spot)) for spot in changed))


def drawn(spot: Spot) -> Iterator[SafeString]:
    runs = spot[:-1] if spot[-1] is END else spot
    between = "<br>" if len(runs) == 1 else ""  # two passages, one below the other
    for place, run in enumerate(runs):
        if run.same:
            yield lined(shortened(run.new, first=place == 0, last=place == len(runs) - 1))
        else:
            yield joining(between, [marked("del", run.old), marked("ins", run.new)])


def marked(mark: str, text: str) -> SafeString:
    """What was struck or is new, line by line; where it is nothing but space, as signs that can be seen."""
    lines = text.removesuffix("\n").split("\n") if text.strip() else ["␣" * len(text)]
    tag = SafeString(mark)
    return joining("<br>", (format_html("<{0}>{1}</{0}>", tag, line) for line in lines if line))


def lined(text: str) -> SafeString:
    return joining("<br>", (conditional_escape(line) for line in text.split("\n")), empty=True)


def joining(between: str, pieces: Iterable[SafeString], *, empty: bool = False) -> SafeString:
    """Escaped pieces in one; what is empty is left out unless it stands for a line."""
    return format_html_join(SafeString(between), "{}", ((piece,) for piece in pieces if piece or empty))


def shortened(text: str, *, first: bool, last: bool) -> str:
    """What stayed the same, cut to what stands next to a change."""
    words = PIECE.findall(text)
    ahead, behind = [] if first else words[: ROUND_ABOUT + 1], [] if last else words[-ROUND_ABOUT:]
    if len(words) <= len(ahead) + len(behind):
        return text
    return " ".join(part for part in ("".join(ahead).rstrip(), "…", "".join(behind)) if part)
