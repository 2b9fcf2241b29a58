"""Where every paragraph and every figure of a document comes from: kept among its inputs, read back years later (M2)."""

import html as marks
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, TypedDict

from .atoms import Day, Line

DRAWN = {  # the figures that a kind of section prints, in the order of the page
    "figures": ("numbers", "quarters", "measures", "footnotes"),
    "promise": ("late", "orders", "orders_before"),
    "mix": ("categories", "products"),
}
WORDS = (
    "lede",
    "absent",
    "greeting",
    "html",
    "items",
    "closing",
    "late",
    "note",
    "people",
    "outcomes",
    "commitments",
    "notes",
)
BLOCK = re.compile(r"(?i)</(?:p|li|h3|h4|tr|caption)>")
MOST_MARKS = 8  # a margin has room for no more
TAG = re.compile(r"<[^>]*>")
NAMES = ("label", "number", "name", "title", "what")
ASIDE = {"shown", "places", "side", "stale", "confirmed"}  # how it is said, not what


class Source(TypedDict):
    """Whose words or whose data: `source` says what it is, `author` who stands for it, `revision` which state of it."""

    source: Line
    author: NotRequired[Line]
    revision: NotRequired[Line]
    confirmed: NotRequired[Day | None]
    as_of: NotRequired[Day | None]


class Stated(TypedDict):
    """Of what stands at one place, in order: runs of [first, last, number of the source], counted from one and nought."""

    place: Line
    runs: list[list[int]]


class Provenance(TypedDict):
    sources: list[Source]
    stated: list[Stated]


@dataclass(frozen=True)
class Piece:
    """One paragraph, or one row of figures, as it stands in the inputs."""

    place: str  # "glance", "figures.quarters", "letter.html"
    number: int  # which of those at this place, from one
    kind: Literal["paragraph", "figure"]
    says: str
    section: str = ""  # the key of its section; none for what stands before the first


@dataclass(frozen=True)
class Traced:
    """A piece with where it comes from; `source` is None, or lacks a part, where the inputs do not tell."""

    piece: Piece
    source: dict[str, Any] | None

    @property
    def whole(self) -> bool:
        """Whether author, revision and a day are named: the day it was confirmed on, or the one its data are as of."""
        said = self.source or {}
        return bool(said.get("author") and said.get("revision") and (said.get("confirmed") or said.get("as_of")))


def pieces(inputs: dict[str, Any]) -> list[Piece]:
    """In the order of reading; of figures those alone that a section of this document prints."""
    found = numbered("glance", "figure", inputs.get("glance") or [], "")
    for section in inputs["sections"]:
        found += of_section(section, inputs.get("figures") or {})
    return found


def of_section(section: dict[str, Any], figures: dict[str, Any]) -> list[Piece]:
    key, found = section["key"], []
    for name in WORDS:
        found += numbered(f"{key}.{name}", "paragraph", said_at(section.get(name)), key)
    rows = [cells(row) for table in section.get("tables") or [] for row in [*table["rows"], table.get("total")] if row]
    found += numbered(f"{key}.tables", "figure", rows, key)
    for name in DRAWN.get(section["kind"], ()):
        found += numbered(f"figures.{name}", "figure", said_at(figures.get(name)), key)
    return found


def numbered(place: str, kind: Literal["paragraph", "figure"], said: list[str], key: str) -> list[Piece]:
    return [Piece(place, number, kind, words, key) for number, words in enumerate(said, start=1)]


def said_at(value: Any) -> list[str]:
    """The paragraphs of a text, or one line for each record of a list."""
    if isinstance(value, list):
        return [" ".join(lines(one)) if isinstance(one, str) else record(one) for one in value]
    return lines(value or "")


def lines(html: str) -> list[str]:
    """A text's paragraphs and lines of lists, in plain words."""
    plain = (" ".join(marks.unescape(TAG.sub(" ", block)).split()) for block in BLOCK.split(html))
    return [line for line in plain if line]


def record(row: dict[str, Any]) -> str:
    """A record's name first, then what it says."""
    named = [str(row[name]) for name in NAMES if row.get(name)]
    rest = [
        " ".join(lines(value)) if name == "html" else f"{name.replace('_', ' ')} {cells(value)}"
        for name, value in row.items()
        if name not in NAMES and name not in ASIDE and value not in (None, "", [])
    ]
    return ": ".join(filter(None, [", ".join(named), "; ".join(rest)]))


def cells(row: Any) -> str:
    if isinstance(row, list):
        return " · ".join(str(cell) for cell in row if cell is not None)
    return str(row)


def stated(found: list[tuple[Piece, dict[str, Any]]]) -> dict[str, Any]:
    """As it is kept: each source once, and for each place which of its pieces are whose."""
    sources: list[dict[str, Any]] = []
    places: dict[str, list[list[int]]] = {}
    for piece, source in found:
        if source not in sources:
            sources.append(source)
        own, runs = sources.index(source), places.setdefault(piece.place, [])
        if runs and runs[-1][2] == own:
            runs[-1][1] = piece.number
        else:
            runs.append([piece.number, piece.number, own])
    return {"sources": sources, "stated": [{"place": place, "runs": runs} for place, runs in places.items()]}


def traced(inputs: dict[str, Any]) -> list[Traced]:
    """Every piece with its source; of inputs from before these were kept, what the margin of the section knew."""
    kept = inputs.get("provenance")
    own = dict(told(kept)) if kept else {}
    margins = {section["key"]: section.get("origin") for section in inputs["sections"]}
    return [
        Traced(piece, own.get((piece.place, piece.number)) if kept else from_margin(piece, margins, inputs))
        for piece in pieces(inputs)
    ]


def told(kept: dict[str, Any]) -> Iterator[tuple[tuple[str, int], dict[str, Any]]]:
    for one in kept["stated"]:
        for first, last, source in one["runs"]:
            yield from (((one["place"], number), kept["sources"][source]) for number in range(first, last + 1))


def from_margin(piece: Piece, margins: dict[str, Any], inputs: dict[str, Any]) -> dict[str, Any] | None:
    """Old inputs knew of a whole section whose it is, and of all figures the day they are as of."""
    margin = margins.get(piece.section) or {}
    known = {
        "source": margin.get("source"), "author": margin.get("owner"), "revision": margin.get("revision"),
        "confirmed": margin.get("confirmed"),
        "as_of": margin.get("as_of") or (inputs["year"].get("as_of") if piece.kind == "figure" else None),
    }  # fmt: skip
    known = {name: value for name, value in known.items() if value}
    return known or None


@dataclass(frozen=True)
class Run:
    """Pieces that follow one another and come from one source."""

    said: list[Piece]
    source: dict[str, Any] | None
    whole: bool

    @property
    def kind(self) -> str:
        return self.said[0].kind


def runs(found: list[Traced]) -> list[Run]:
    """What stands together and is of one source, together."""
    together: list[Run] = []
    for one in found:
        last = together[-1] if together else None
        if last and (last.source, last.said[0].place) == (one.source, one.piece.place):
            last.said.append(one.piece)
        else:
            together.append(Run([one.piece], one.source, one.whole))
    return together


def in_margin(found: list[Traced], key: str) -> list[dict[str, Any]]:
    """For the margin of the internal edition: whose each run of a section is, by its first words, where these are several.

    What the program itself prints (figures, people) is told by the section's own note.
    """
    own = [one for one in found if one.piece.section == key and one.piece.kind == "paragraph"]
    told = [one for one in runs(own) if one.said[0].place.endswith((".html", ".items", ".late", ".lede"))]
    if len(told) < 2:
        return []
    nothing = {"author": "", "revision": "", "confirmed": None, "as_of": None}
    return [nothing | (one.source or {}) | {"says": first_words(one.said[0].says)} for one in told[:MOST_MARKS]]


def first_words(says: str) -> str:
    words = says.split()
    return " ".join(words[:4])[:40] + (" …" if len(words) > 4 else "")
