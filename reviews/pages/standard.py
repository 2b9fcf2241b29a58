"""What in a document is not the standard template's own text (R-04, R-17)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from reviews.choices import SectionKind
from reviews.conditions import applying
from reviews.models import Document, Section
from reviews.prose import marked_up
from reviews.texts import chosen, every_text, put_in, unit_of

from .composed import Composed, lines_of
from .differences import Difference, compare, passages

STANDARD = (SectionKind.LETTER, SectionKind.STANDARD)  # the kinds whose words the template itself gives
TOKEN = re.compile(r"\{\{.*?\}\}|\{%\s*if\b.*?\bendif\s*%\}|\{%.*?%\}")
FILLED = ".{0,120}?"  # what may stand for a token: a name, a figure, a short phrase


def from_standard(now: Iterable[Composed], template: Iterable[Section]) -> tuple[list[Difference], list[Composed]]:
    """The sections that depart from the standard, in words or by their mark; and those that are it, word for word."""
    given = {section.key: section for section in now}
    wanted = [row for row in template if row.kind in STANDARD and (row.key in given or row.required)]
    standard = [as_standard(row, given.get(row.key)) for row in wanted]
    said = [replace(given[row.key], lines=given[row.key].words) for row in wanted if row.key in given]
    found, same = compare(said, standard)
    told = {difference.section.key for difference in found}
    marked = [section for section in given.values() if section.deviation and section.key not in told]
    found += [Difference(section, _("Not the standard"), "warn", passages([], section.lines)) for section in marked]
    return found, [section for section in same if not section.deviation]


def as_standard(row: Section, given: Composed | None) -> Composed:
    """The section as the template has it; where the document only fills its tokens, as the document says it."""
    typed = lines_of({"title": row.title, "lede": row.lede, "html": marked_up(row.body)})
    if given is None:
        return Composed(row.key, row.title, row.lede, SafeString(""), [], [], "", "", "", typed)
    return replace(given, lines=[as_said(line, given.words) for line in typed])


def as_said(line: str, said: list[str]) -> str:
    """The line of the document that is this one with its tokens filled; else this one, with its tokens as they are typed."""
    pattern = re.compile(FILLED.join(re.escape(part) for part in TOKEN.split(line)), re.DOTALL)
    return next((one for one in said if pattern.fullmatch(one)), line)


def standards_of(documents: Iterable[Document]) -> dict[int, list[Any]]:
    """The sections as they read when each version was compiled, by the version: two queries, whatever their number.

    What was accepted into the library afterwards makes no document leave the standard.
    """
    documents = list(documents)
    rows = Section.objects.filter(template__in={document.request.template_id for document in documents})
    sections: dict[int | None, list[Section]] = {}
    for section in rows.select_related("template").order_by("place"):
        sections.setdefault(section.template_id, []).append(section)
    revisions = every_text({document.request.audience for document in documents})
    found: dict[int, list[Any]] = {}
    for document in documents:
        if own := sections.get(document.request.template_id):
            texts = chosen(revisions, own[0].template, unit_of(document.request), document.begun_at)
            found[document.pk] = put_in(map(copy, applying(own, document.request.account)), texts)
    return found
