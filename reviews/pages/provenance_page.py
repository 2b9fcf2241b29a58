"""Whose every paragraph and figure of one version is, section by section, as the margin of its internal edition has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.render.provenance import Run, Traced, runs, traced
from acr_program.ui.phrases import day
from reviews.models import Document

from .composed import inputs_of_versions
from .document_page import NothingToOpen, file_of

SCREEN = "screen.pdf"
MOST = 1_000  # pieces on one page; the command names all


@dataclass(frozen=True)
class Row:
    """Paragraphs or figures that stand together, and what is said of them, in the words of the page."""

    run: Run

    @cached_property
    def said(self) -> dict[str, Any]:
        return self.run.source or {}

    @property
    def author(self) -> str:
        return self.said.get("author") or ""

    @property
    def revision(self) -> str:
        return self.said.get("revision") or ""

    @property
    def confirmed(self) -> str:
        return day(as_day(self.said.get("confirmed")))

    @property
    def as_of(self) -> str:
        return day(as_day(self.said.get("as_of")))

    @property
    def hover(self) -> str:
        """The same in one line, for whoever points at a paragraph."""
        days = [
            _("confirmed %(day)s") % {"day": self.confirmed} if self.confirmed else "",
            _("data as of %(day)s") % {"day": self.as_of} if self.as_of else "",
        ]
        told = [self.said.get("source"), self.author, self.revision, *days]
        return " · ".join(filter(None, told)) or _("not known")


@dataclass(frozen=True)
class Part:
    title: str
    rows: list[Row]


@dataclass(frozen=True)
class ProvenancePage:
    inputs: dict[str, Any]

    @cached_property
    def found(self) -> list[Traced]:
        return traced(self.inputs)

    @property
    def known(self) -> int:
        return sum(one.whole for one in self.found)

    @property
    def left_out(self) -> int:
        return max(0, len(self.found) - MOST)

    @property
    def parts(self) -> Iterator[Part]:
        titles = {section["key"]: section["title"] for section in self.inputs["sections"]}
        for key, own in groupby(self.found[:MOST], key=lambda one: one.piece.section):
            yield Part(titles.get(key) or _("At a glance"), [Row(run) for run in runs(list(own))])


def provenance_of(document: Document, user: User) -> ProvenancePage:
    """For whoever may open the file itself; raises NothingToOpen, PermissionDenied or Corrupt with the sentence."""
    file_of(document, user, SCREEN)
    inputs = inputs_of_versions([document]).get(document.pk)
    if inputs is None:
        raise NothingToOpen(_("What this version is made of is not on file."))
    return ProvenancePage(inputs)


def as_day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
