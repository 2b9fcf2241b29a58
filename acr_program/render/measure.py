"""How many lines a name takes in a table, for the pictures whose bars continue the table's rows."""

import io
import re
from functools import cache

from fontTools.ttLib import TTFont

from . import fonts

MILLIMETRES = 25.4 / 72  # of a point
UNSURE = 0.02  # kerning is left out: a name that fits by less than this may be set either way


def lines_of(name: str, width: float, size: float) -> int | None:
    """The lines of a name in Inter of so many points on so many millimetres; None where that is too close to tell."""
    counts = {filled(name, width * (1 + slack), size) for slack in (-UNSURE, UNSURE)}
    return counts.pop() if len(counts) == 1 else None


def filled(name: str, width: float, size: float) -> int:
    """Lines filled word by word; a word may end at a space, a hyphen or a slash."""
    room, lines = width, 1
    for word in re.findall(r"[^\s/-]*[/-]|[^\s/-]+\s*", name):
        long = length(word.rstrip(), size)
        if long > room and room < width:
            room, lines = width, lines + 1
        if long > width:
            lines += int(long // width)
            long %= width
        room -= length(word, size) if long <= width and word[-1:].isspace() else long
    return lines


def length(words: str, size: float) -> float:
    units, advances, default = metrics()
    return sum(advances.get(ord(letter), default) for letter in words) / units * size * MILLIMETRES


@cache
def metrics() -> tuple[int, dict[int, int], int]:
    """Units of an em, the advance of every character, and that of one the font has not; wide where there is no Inter."""
    data = fonts.assets().get("fonts/Inter-400-normal")
    if data is None:
        return 100, {}, 70
    font = TTFont(io.BytesIO(data), lazy=True)
    units = font["head"].unitsPerEm
    return units, {code: font["hmtx"][name][0] for code, name in font.getBestCmap().items()}, units
