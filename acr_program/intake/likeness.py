"""Names that are most likely the same: “Müller & Co. GmbH” and “Mueller und Co”."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher
from functools import cached_property

from acr_program.people.folding import folded

from .kinds import Kind, Row

FORMS = frozenset(
    [
        "ab",
        "ag",
        "aps",
        "as",
        "asa",
        "bv",
        "co",
        "company",
        "corp",
        "corporation",
        "gmbh",
        "inc",
        "incorporated",
        "kg",
        "kgaa",
        "limited",
        "llc",
        "llp",
        "ltd",
        "ltda",
        "mbh",
        "nv",
        "ohg",
        "oy",
        "plc",
        "pty",
        "pte",
        "sa",
        "sarl",
        "sas",
        "se",
        "spa",
        "srl",
        "the",
        "und",
        "and",
        "et",
        "y",
    ]
)
NEAR = 0.93
LOOKED_AT = 40  # names with the same beginning that one name is held against
SHORTEST = 5  # signs below which near is no likeness


def bare(name: str) -> str:
    """The name without its legal form, accents, marks and spaces."""
    words = re.findall(r"\w+", re.sub(r"\b(\w)\.(?=\w\b)", r"\1", folded(name)))
    return "".join(word for word in words if word not in FORMS) or "".join(words)


class Likeness:
    """Everything of a kind by its bare name; asked for when the first new row comes."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    @cached_property
    def known(self) -> dict[str, tuple[int, str]]:
        return {bare(name): (pk, name) for pk, name in self.kind.names()}

    @cached_property
    def beginnings(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.known:
            for part in {name[:4], name[-4:]}:
                found[part].append(name)
        return found

    def of(self, row: Row) -> tuple[int, str] | None:
        """The one that this row's name is like."""
        name = bare(str(row.values.get(self.kind.similar, "")))
        if not name or name in self.known:
            return self.known.get(name)
        if len(name) < SHORTEST:
            return None
        for part in {name[:4], name[-4:]}:
            for other in self.beginnings.get(part, [])[:LOOKED_AT]:
                if abs(len(other) - len(name)) < 3 and SequenceMatcher(None, name, other).ratio() >= NEAR:
                    return self.known[other]
        return None
