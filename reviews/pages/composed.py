"""What a version of the document says, read back from the inputs it was rendered from, section by section."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
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
from reviews.models import Document

ENDS = re.compile(r"(?i)</(p|li|h3|h4|td|th|blockquote|caption)>|<br\s*/?>")
NOT_SAID = {"key", "kind", "title", "origin", "follows"}  # what a section is, not what it says
SOURCES = {
    "letter": _("Standard text, in the name of the sales representative"),
    "figures": _("Figures on file"),
    "team": _("People of the program"),
    "notes": _("Sources of the figures"),
}
FIRST = ("lede", "greeting", "title", "html")  # the order of reading; what is not named here follows


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


def inputs_of_versions(documents: Iterable[Document]) -> dict[int, dict[str, Any]]:
    """The inputs of these versions, found under the hash that their manifests sign: one query, bytes proved."""
    hashes = {d.pk: d.manifest.inputs_sha256 for d in documents if d.manifest}
    stored = {file.sha256: file for file in StoredFile.objects.filter(sha256__in=set(hashes.values()))}
    read = {sha: json.loads(file.read(gettext("the inputs"))) for sha, file in stored.items()}
    return {pk: read[sha] for pk, sha in hashes.items() if sha in read}


def composed(inputs: dict[str, Any] | None) -> list[Composed]:
    """The sections of a version, in order."""
    return [one(section, inputs) for section in inputs["sections"]] if inputs else []


def one(section: dict[str, Any], inputs: dict[str, Any]) -> Composed:
    origin = section.get("origin") or {}
    figures = numbers_of(inputs) if section["kind"] == "figures" else []
    said = {name: value for name, value in section.items() if name not in NOT_SAID}
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
        lines=[*lines_of(said), *(f"{figure.label}: {figure.value}" for figure in figures)],
    )


def marked_up(section: dict[str, Any]) -> str:
    """The section's text as mark-up: a letter with its greeting and its end, notes under their titles."""
    html = str(section.get("html") or "")
    html += "".join(f"<h3>{escape(note['title'])}</h3>{note['html']}" for note in section.get("notes", []))
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


def lines_of(value: Any) -> list[str]:
    """Everything a part of the inputs says, in plain lines, in order; mark-up makes line ends and no more."""
    if isinstance(value, dict):
        names = [*(name for name in FIRST if name in value), *(name for name in value if name not in FIRST)]
        return [line for name in names for line in lines_of(value[name])]
    if isinstance(value, list):
        return [line for part in value for line in lines_of(part)]
    if not isinstance(value, str):
        return []
    plain = unescape(strip_tags(ENDS.sub("\n", value)))
    return [line.strip() for line in plain.split("\n") if line.strip()]
