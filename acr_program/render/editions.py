"""The editions of a document: which style sheets each takes, and what kind of file it becomes.

All editions of a document are made in one rendering, before anybody approves it (docs/promises.md, rule 6).
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings

from . import profile


@dataclass(frozen=True)
class Edition:
    """One way to hand out the same document; `leaves` pads its pages to a multiple that can be stitched, `inks` takes
    its colours to the office's printer by his own profile."""

    key: str
    sheets: tuple[str, ...]
    options: dict[str, Any] = field(default_factory=dict)
    leaves: int = 1
    inks: bool = False

    @property
    def request(self) -> dict[str, Any]:
        """What the renderer is told about this edition."""
        return {"sheet": self.key, "leaves": self.leaves, "inks": self.inks, "options": self.options}


PAGES = ("document.css", "prose.css")
PRINTED = (*PAGES, "print.css")
# No variant is claimed for what nothing here can validate (PDF/X-4); without one the file has no random ids either.
INKS = {"pdf_version": "1.6", "pdf_identifier": True, "output_intent": "device-cmyk"}
EDITIONS = {
    edition.key: edition
    for edition in (
        Edition("screen", PAGES, {"pdf_variant": "pdf/ua-1"}),
        Edition("print", PRINTED, {"pdf_variant": "pdf/a-2a"}, leaves=4),
        Edition("cmyk", (*PRINTED, "cmyk.css"), INKS, leaves=4, inks=True),
        Edition("internal", (*PAGES, "internal.css"), {"pdf_variant": "pdf/ua-1"}),
    )
}

# Papers that are no edition of a document: the printer's job ticket, the report of a wave of pilots.
PAPERS = {
    paper.key: paper
    for paper in (
        Edition("ticket", ("ticket.css",), {"pdf_variant": "pdf/a-2a"}),
        Edition("report", ("report.css",), {"pdf_variant": "pdf/ua-1"}),
    )
}
ALL = EDITIONS | PAPERS


def of_office() -> dict[str, Any]:
    """What this office makes of every document, as part of its inputs: the CMYK edition where a printer's profile is."""
    inks = profile.digest()
    made = [key for key, edition in EDITIONS.items() if inks or not edition.inks]
    return {"editions": made, "profile": inks} if inks else {"editions": made}


@cache
def sheet(key: str) -> str:
    """The edition's style sheets in one, every token put in place: var() costs a tenth of the rendering."""
    values = tokens(key)
    return re.sub(r"var\(--([\w-]+)\)", lambda hit: values[hit[1].replace("-", "_")], text(key))


@cache
def tokens(key: str) -> dict[str, str]:
    """The plain values of the tokens, so that pictures and pages cannot differ."""
    found = re.findall(r"--([\w-]+):([^;]+);", text(key))
    return {name.replace("-", "_"): value.strip().replace('"', "'") for name, value in found}


@cache
def text(key: str) -> str:
    folder = settings.BASE_DIR / "static" / "css" / "pdf"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in ALL[key].sheets)
