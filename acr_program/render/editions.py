"""The editions of a document: which style sheets each takes, and what kind of file it becomes.

All editions of a document are made in one rendering, before anybody approves it (docs/promises.md, rule 6).
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Edition:
    """One way to hand out the same document."""

    key: str
    sheets: tuple[str, ...]
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def request(self) -> dict[str, Any]:
        """What the renderer is told about this edition."""
        return {"sheets": [self.key], **self.options}


PAGES = ("document.css", "prose.css")
EDITIONS = {
    edition.key: edition
    for edition in (
        Edition("screen", PAGES, {"pdf_variant": "pdf/ua-1"}),
        Edition("print", (*PAGES, "print.css"), {"pdf_variant": "pdf/a-2a"}),
        Edition("internal", (*PAGES, "internal.css"), {"pdf_variant": "pdf/ua-1"}),
    )
}


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
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in EDITIONS[key].sheets)
