"""The figures of a customer beside whatever is written about them: as the document prints them, with their source."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from acr_program.ui.parts import Figure
from acr_program.ui.phrases import day
from reviews.content.content import Content

from .composed import numbers_of


@dataclass(frozen=True)
class FiguresBeside:
    """The big numbers of the last four complete quarters; `source` says where each comes from, and as of when."""

    numbers: list[Figure]
    span: str
    source: str


def figures_beside(content: Content) -> FiguresBeside:
    """Nobody types them: whoever writes about them reads them here."""
    years = content.years
    if not years.known:
        return FiguresBeside([], "", "")
    words = _("%(source)s, as of %(day)s")
    sources = {row.source: row.as_of for row in years.known}
    said = "; ".join(words % {"source": source, "day": day(as_of)} for source, as_of in sources.items())
    inputs = {"figures": content.figures, "currency": content.currency}
    return FiguresBeside(numbers_of(inputs), years.span, said)
