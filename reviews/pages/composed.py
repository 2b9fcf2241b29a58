"""What a version of the document says, read back from the inputs it was rendered from, section by section."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from typing import Any

from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from acr_program.files.models import StoredFile
from acr_program.render.clean import clean
from acr_program.ui.parts import Figure
from acr_program.ui.phrases import number
from reviews import promised
from reviews.models import Document

from .sheet_tables import Tabled, tables_of

ENDS = re.compile(r"(?i)</(p|li|h3|h4|td|th|blockquote|caption)>|<br\s*/?>")
# What a section is, not what it says; outcomes and commitments are said line by line.
NOT_SAID = {"key", "kind", "origin", "follows", "outcomes", "commitments", "shows"}
SOURCES = {
    "letter": _("Standard text, in the name of the sales representative"),
    "figures": _("Figures on file"),
    "team": _("People of the program"),
    "notes": _("Sources of the figures"),
}
ASIDE = {
    "version",
    "sections",
    "figures",
    "editions",
    "document",
    "provenance",
}  # said elsewhere, or of no reader's concern
NAMES = ("label", "name", "number")
FIRST = ("title", "lede", "greeting", "html")  # the order of reading; what is not named here follows


@dataclass(frozen=True)
class Composed:
    """One section as it stands in a version: what a reader of the page sees, and what is compared."""

    key: str
    title: str
    lede: str
    html: SafeString
    figures: list[Figure]
    people: list[dict[str, str]]
    absent: str
    source: str
    owner: str
    lines: list[str]
    words: list[str] = field(default_factory=list)  # title, opening and text alone, as a template gives them
    deviation: str = ""  # how it departs from the standard, where it does
    stale: str = ""  # what in it was confirmed too long ago
    draw: Callable[[], list[Tabled]] = field(default=list, compare=False, repr=False)
    printed: bool = True  # whether it is a section of the document, or what stands around the sections

    @property
    def tables(self) -> list[Tabled]:
        """The rows of its tables, which its charts draw as well: for whoever reads them, not for what is only compared."""
        return self.draw()


def inputs_of_versions(documents: Iterable[Document]) -> dict[int, dict[str, Any]]:
    """The inputs of these versions, found under the hash that their manifests sign: one query, bytes proved."""
    documents = list(documents)
    files = files_of_inputs(documents)
    return {document.pk: read_inputs(files[document.pk]) for document in documents if document.pk in files}


def files_of_inputs(documents: list[Document]) -> dict[int, StoredFile]:
    """Where the inputs of these versions are kept; without those that are not on file: one query."""
    hashes = {document.pk: document.manifest.inputs_sha256 for document in documents if document.manifest}
    stored = {file.sha256: file for file in StoredFile.objects.filter(sha256__in=set(hashes.values()))}
    return {pk: stored[sha] for pk, sha in hashes.items() if sha in stored}


def read_inputs(file: StoredFile) -> dict[str, Any]:
    """The inputs, after proof of their bytes; raises Corrupt with its sentence."""
    inputs: dict[str, Any] = json.loads(file.read(gettext("the inputs")))
    return inputs


def composed(inputs: dict[str, Any] | None) -> list[Composed]:
    """The sections of a version, in order."""
    return [one(section, inputs) for section in inputs["sections"]] if inputs else []


def compared(inputs: dict[str, Any] | None) -> list[Composed]:
    """Everything that a version says: its sections, and what stands around them."""
    return [*composed(inputs), around(inputs)] if inputs else []


def around(inputs: dict[str, Any]) -> Composed:
    """The cover and whatever else is printed beside the sections; what numbers the version itself says nothing new."""
    said = {name: value for name, value in inputs.items() if name not in ASIDE}
    said["document"] = {name: value for name, value in inputs["document"].items() if name not in ("number", "issued")}
    lines = [line for name, value in said.items() for line in facts_of(name, value)]
    if not any(section["kind"] == "figures" for section in inputs["sections"]):
        lines += figures_in(inputs)
    title, source = gettext("Cover and particulars"), gettext("Facts of the account and of the program")
    return Composed("cover", title, "", SafeString(""), [], [], "", source, "", lines, printed=False)


def one(section: dict[str, Any], inputs: dict[str, Any]) -> Composed:
    origin = section.get("origin") or {}
    has_figures = section["kind"] == "figures"
    figures = numbers_of(inputs) if has_figures else []
    return Composed(
        key=section["key"],
        title=section["title"],
        lede=section.get("lede", ""),
        html=mark_safe(clean(marked_up(section))),  # noqa: S308 - cleaned here, as in the document
        figures=figures,
        people=section.get("people", []),
        absent=section.get("absent", ""),
        source=origin.get("source", "") or str(SOURCES.get(section["kind"], "")),
        owner=origin.get("owner", ""),
        lines=[*said_in(section), *promised.lines_of(section), *(figures_in(inputs) if has_figures else [])],
        words=lines_of({name: section.get(name, "") for name in ("title", "lede", "html")}),
        deviation=origin.get("deviation", ""),
        stale=origin.get("stale", "") or stale_items(section),
        draw=partial(tables_of, section, inputs),
    )


def said_in(section: dict[str, Any]) -> list[str]:
    """The lines of a section, its title first."""
    return lines_of(
        {"title": section["title"]} | {name: value for name, value in section.items() if name not in NOT_SAID}
    )


def stale_items(section: dict[str, Any]) -> str:
    """The titles of the parts that were confirmed too long ago."""
    return ", ".join(item["title"] for item in section.get("items", []) if item.get("stale"))


def marked_up(section: dict[str, Any]) -> str:
    """The section's text as mark-up: a letter with its greeting and its end, notes under their titles."""
    html = str(section.get("html") or "")
    html += "".join(f"<h3>{escape(note['title'])}</h3>{note['html']}" for note in section.get("notes", []))
    if promises := list(promised.lines_of(section)):
        html += "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in promises) + "</ul>"
    if section["kind"] != "letter":
        return html
    end = [escape(section[word]) for word in ("closing", "name", "role") if section.get(word)]
    return f"<p>{escape(section['greeting'])}</p>{html}<p>{'<br>'.join(end)}</p>"


def numbers_of(inputs: dict[str, Any]) -> list[Figure]:
    """The big numbers as the document prints them, each with its basis."""
    figures = inputs.get("figures") or {}
    return [
        Figure(shown(one, inputs["currency"]), one["label"], one.get("basis", "")) for one in figures.get("numbers", [])
    ]


def shown(one: dict[str, Any], currency: str) -> str:
    value = one["value"]
    if value is None:
        return gettext("not on file")
    if one.get("of") is not None:
        return gettext("%(part)s of %(all)s") % {"part": number(value), "all": number(one["of"])}
    if one.get("shown") == "money":
        return f"{number(float(value), one.get('places', 2))} {currency}"
    return number(value)


def figures_in(inputs: dict[str, Any]) -> list[str]:
    """Every figure on file: the big numbers as they are printed, then each quarter, measure, order and part in a line."""
    figures = inputs.get("figures") or {}
    numbers = [f"{figure.label}: {figure.value} {figure.note}".rstrip() for figure in numbers_of(inputs)]
    return [*numbers, *(line for name, value in figures.items() if name != "numbers" for line in facts_of(name, value))]


def facts_of(name: str, value: Any) -> list[str]:
    """One line for each fact, and for each record of a list, so that a changed figure stands beside what it is of."""
    if isinstance(value, list):
        return [line for part in value for line in facts_of(name, part)]
    said = "; ".join(said_of(value) if isinstance(value, dict) else lines_of(value))
    return [f"{spoken(name)}: {said}"] if said else []


def said_of(record: dict[str, Any]) -> list[str]:
    """A record's own name first, then what is known of it."""
    named = [name for name in NAMES if name in record]
    rest = [name for name in record if name not in named and name != "shown"]
    found = [(name, ", ".join(lines_of(record[name]))) for name in [*named, *rest]]
    return [value if name in named else f"{spoken(name)} {value}" for name, value in found if value]


def spoken(name: str) -> str:
    return name.replace("_", " ")


def lines_of(value: Any) -> list[str]:
    """Everything a part of the inputs says, in plain lines, in order; mark-up makes line ends and no more."""
    if isinstance(value, dict):
        names = [*(name for name in FIRST if name in value), *(name for name in value if name not in FIRST)]
        return [line for name in names for line in lines_of(value[name])]
    if isinstance(value, list) and any(isinstance(part, list) for part in value):
        return [" · ".join(line for cell in row for line in lines_of(cell)) for row in value]  # the rows of a table
    if isinstance(value, list):
        return [line for part in value for line in lines_of(part)]
    if isinstance(value, bool) or value is None:
        return []
    if not isinstance(value, str):
        return [str(value)]
    plain = unescape(strip_tags(ENDS.sub("\n", value)))
    return [line.strip() for line in plain.split("\n") if line.strip()]


def marked(sections: Iterable[Composed]) -> list[Composed]:
    """The sections an approver has to look at twice: other than the standard, or not confirmed for long."""
    return [section for section in sections if section.deviation or section.stale]
