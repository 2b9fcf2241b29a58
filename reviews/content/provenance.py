"""Whose is every paragraph and every figure that is compiled, said while everybody who wrote is still known (M2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import localdate

from acr_program.render.provenance import Piece, lines, pieces, stated
from acr_program.workflow.log import LogEntry

from ..choices import SectionKind
from ..models import InformationRequest, TemplateVersion
from ..models.template import STANDARD_TEXT
from ..prose import filled, marked_up, paragraphs
from .content import Content
from .promise import standing
from .years import QUARTERS

FIGURES = ("figures", "quarters", "categories", "products")  # tokens that stand for data, not for words
MARK = "\u2063"  # unseen; says while a text is filled that a figure stands here, and is never kept
MOST_RUNS = 200  # a text that changes to and fro more often than this is dated as a whole

Source = dict[str, Any]


class Said(NamedTuple):
    """The texts a document is compiled from: the template's sections, what was answered and when, the tokens' values."""

    sections: list[Any]
    answers: dict[int, InformationRequest]
    confirmed: dict[int, date]
    named: dict[str, Any]


def with_provenance(inputs: dict[str, Any], content: Content, said: Said, on: date) -> dict[str, Any]:
    """The inputs, and beside them where each of their pieces comes from."""
    known = Known(content, said, {section["key"]: section for section in inputs["sections"]}, on)
    return inputs | {"provenance": stated([(piece, known.source_of(piece)) for piece in pieces(inputs)])}


def marked(named: dict[str, Any]) -> dict[str, Any]:
    """The tokens, those that are figures with a mark in front."""

    def mark(value: Any) -> Any:
        return {name: mark(one) for name, one in value.items()} if isinstance(value, dict) else f"{MARK}{value}"

    return {name: mark(value) if name in FIGURES else value for name, value in named.items()}


@dataclass
class Known:
    """What is known while a document is compiled."""

    content: Content
    said: Said
    compiled: dict[str, dict[str, Any]]
    on: date  # the day of the compilation

    @cached_property
    def sections(self) -> dict[str, Any]:
        return {section.key: section for section in self.said.sections}

    @cached_property
    def named(self) -> dict[str, Any]:
        return marked(self.said.named)

    def source_of(self, piece: Piece) -> Source:
        """Of a place that nobody thought of, what is said of its section as a whole."""
        place = piece.place.rpartition(".")[2]
        if piece.place.startswith("figures.") or piece.place == "glance":
            return self.figure(place, piece.number)
        section = self.sections.get(piece.section)
        if section is None:
            return self.program
        told = self.by_place.get(place)
        return told(section, piece) if told else self.words(section, piece)

    @cached_property
    def by_place(self) -> dict[str, Callable[[Any, Piece], Source]]:
        return {
            "lede": self.opening, "absent": self.nothing, "greeting": self.facts, "closing": self.facts, "people": self.facts,
            "tables": self.row, "note": self.nothing, "outcomes": self.outcome,
        }  # fmt: skip

    # Words

    def words(self, section: Any, piece: Piece) -> Source:
        """The text of a section: the standard's, a deviation's or a contributor's."""
        if section.kind in STANDARD_TEXT:
            own = self.deviation(section) if section.deviation else self.standard(section)
            return own | self.dated(section, piece)
        if section.kind == SectionKind.PROMISE and piece.place.endswith(".html"):
            counted = 1 if standing(self.content.orders) else 0  # the program's own sentence stands first
            if piece.number <= counted:
                return self.figure("orders", piece.number)
        answer = self.said.answers.get(section.pk)
        return self.contributor(section, answer) | self.dated(section, piece) if answer else self.figure("", 0)

    def standard(self, section: Any) -> Source:
        """Of whoever wrote the revision that the library has in force; else of whoever published the version."""
        origin, function, revision = section.origin or {}, section.function, getattr(section, "revision", None)
        person = revision.author.name if revision else self.publisher
        return {
            "source": origin.get("source") or f"Standard text, {self.template}",
            "author": f"{person}, {function}" if function else person,
            "revision": f"{self.template}, revision {revision.number}" if revision else str(self.template),
            "confirmed": origin.get("confirmed"),
        }  # fmt: skip

    def deviation(self, section: Any) -> Source:
        deviation = section.deviation
        return {
            "source": section.origin["source"], "author": deviation.proposed_by.name,
            "revision": f"deviation {deviation.pk}, version {deviation.version}",
            "confirmed": self.allowed.get(deviation.pk),
        }  # fmt: skip

    def contributor(self, section: Any, answer: InformationRequest) -> Source:
        on = self.said.confirmed.get(answer.pk)
        author = f"{answer.contributor.name}, {section.function}" if section.function else answer.contributor.name
        return {
            "source": "Contributor", "author": author, "revision": f"section, version {answer.version}",
            "confirmed": on and on.isoformat(),
        }  # fmt: skip

    def opening(self, section: Any, piece: Piece) -> Source:
        """The opening line is the template's own, whoever wrote what follows."""
        source = self.standard(section) | {"source": f"Opening line, {self.template}"}
        has_figure = MARK in filled(section.lede, self.named)
        published = {"confirmed": source["confirmed"] or self.published_on}
        return source | published | ({"as_of": self.as_of} if has_figure else {})

    def dated(self, section: Any, piece: Piece) -> Source:
        """The day of the data, where this very paragraph names a figure."""
        return {"as_of": self.as_of} if piece.number in self.with_figures(section) else {}

    def with_figures(self, section: Any) -> set[int]:
        """Which paragraphs of the section's text a figure was put into."""
        if section.pk not in self._with_figures:
            answer = self.said.answers.get(section.pk)
            if section.kind in STANDARD_TEXT:
                html = marked_up(section.body, self.named)
            else:
                html = paragraphs(filled(answer.text if answer else "", self.named, braces=True))
            said = [MARK in line for line in lines(html)]
            often = sum(one != other for one, other in pairwise(said)) > MOST_RUNS
            found = {number for number, has in enumerate(said, start=1) if has or often}
            before = 1 if section.kind == SectionKind.PROMISE and standing(self.content.orders) else 0
            self._with_figures[section.pk] = {number + before for number in found}
        return self._with_figures[section.pk]

    @cached_property
    def _with_figures(self) -> dict[int, set[int]]:
        return {}

    # Figures and facts

    def figure(self, place: str, number: int) -> Source:
        """A quarter by its own row; everything else by all rows it was computed from."""
        years = self.content.years
        row = years.rows[QUARTERS:][number - 1] if place == "quarters" else None
        sources, as_of = ([row.source], row.as_of) if row else (years.sources, years.as_of)
        return {
            "source": "Order lines on file" if years.from_lines else "Figures as told",
            "author": "; ".join(sources)[:400] or "Program office",
            "revision": f"account record, version {self.content.request.account.version}",
            "as_of": as_of.isoformat() if as_of else self.on.isoformat(),
        }  # fmt: skip

    def row(self, section: Any, piece: Piece) -> Source:
        """The rows of a table are figures on file; of what came of it, those that somebody told by name."""
        told = self.content.told
        if section.kind == SectionKind.VALUE and 1 < piece.number <= 1 + len(told):
            figure = told[piece.number - 2]
            return {
                "source": figure.source[:400], "author": figure.said_by.name, "revision": f"figure {figure.pk}",
                "as_of": figure.as_of.isoformat(),
            }  # fmt: skip
        return self.figure("", 0)

    def nothing(self, section: Any, piece: Piece) -> Source:
        """That something is not on file was true on the day it was looked for."""
        return self.figure("", 0) | {"as_of": self.on.isoformat()}

    def facts(self, section: Any, piece: Piece) -> Source:
        """Names and addresses, as they are on file."""
        request = self.content.request
        author = request.rep.name if section.kind == SectionKind.LETTER else "Program office"
        revision = f"review, version {request.version}"
        return {"source": "People on file", "author": author, "revision": revision, "as_of": self.on.isoformat()}

    def outcome(self, section: Any, piece: Piece) -> Source:
        """What became of a promise is told by whoever keeps it; what a contributor entered is theirs."""
        answer = self.said.answers.get(section.pk)
        entered = answer.issues.count() if answer else 0
        compiled = self.compiled[section.key]
        rows = compiled["outcomes"]
        if answer and piece.number > len(rows) - entered:
            return self.contributor(section, answer)
        return {
            "source": compiled["origin"]["source"], "author": rows[piece.number - 1].get("who") or "Program office",
            "revision": f"follow-up, as on file {self.on.isoformat()}", "as_of": self.on.isoformat(),
        }  # fmt: skip

    # What is asked once

    @property
    def template(self) -> TemplateVersion:
        template = self.content.request.template
        assert template is not None
        return template

    @property
    def as_of(self) -> str:
        return (self.content.years.as_of or self.on).isoformat()

    @property
    def program(self) -> Source:
        """The rules of the program, which the notes on the figures tell."""
        return {
            "source": "Rules of the program", "author": "Program office", "revision": str(self.template), "as_of": self.as_of,
        }  # fmt: skip

    @cached_property
    def published(self) -> LogEntry | None:
        """The last word on the version as a whole: that it is published, else that it was begun."""
        log = self.template.log().filter(step__in=["publish", "create"])
        found: LogEntry | None = log.select_related("by").order_by("pk").last()
        return found

    @property
    def publisher(self) -> str:
        return self.published.by.name if self.published and self.published.by else "Program office"

    @property
    def published_on(self) -> str | None:
        return localdate(self.published.at).isoformat() if self.published else None

    @cached_property
    def allowed(self) -> dict[int, str]:
        """When each deviation was allowed, in one query."""
        asked = [one.deviation for one in self.sections.values() if one.deviation]
        if not asked:
            return {}
        kind = ContentType.objects.get_for_model(asked[0])
        log = LogEntry.objects.filter(content_type=kind, object_id__in=[one.pk for one in asked], step="allow")
        return {pk: localdate(at).isoformat() for pk, at in log.order_by("pk").values_list("object_id", "at")}
