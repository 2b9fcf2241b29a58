"""The sections of a review's template as this review says them, and where each text comes from (R-03)."""

from __future__ import annotations

from datetime import date
from typing import Any

from acr_program.ui.phrases import long_day

from .choices import SectionKind
from .models import Deviation, ReviewRequest, Section
from .models.template import STANDARD_TEXT
from .texts import sections_of


def texts_of(request: ReviewRequest, on: date) -> list[Any]:
    """Those that apply to the account, in order, as the library has them; an allowed deviation in place of the standard text,
    and what is stale on that day, are marked.

    Each knows its `origin` for the margin of the internal edition, the `revision` of the library that it says, and its
    `deviation`; a contributor's section is told by its answer.
    """
    deviating = {one.section_id: one for one in request.deviations.allowed().select_related("proposed_by")}
    found = sections_of(request)
    for section in found:
        deviation = deviating.get(section.pk)
        section.origin = origin_of(section, deviation, request, on)
        section.deviation = deviation
        if deviation:
            section.body = deviation.text
    return found


def origin_of(section: Any, deviation: Deviation | None, request: ReviewRequest, on: date) -> dict[str, Any]:
    """In the document's own language, English, as its other words."""
    origin: dict[str, Any] = {
        "source": f"Standard text, {request.template}",
        "owner": owner_of(section, request),
    }
    if section.kind not in STANDARD_TEXT:
        return origin
    if deviation:
        origin["source"] = f"Deviation from the standard text, {request.template}"
        origin["deviation"] = f"{deviation.reason} Proposed by {deviation.proposed_by.name}."
        origin["owner"] = deviation.proposed_by.name
        return origin  # what was confirmed is the standard
    if revision := section.revision:
        origin["revision"] = str(revision.number)
        if revision.confirmed_on:
            origin["confirmed"] = revision.confirmed_on.isoformat()
        if revision.is_stale(on):
            since = f"since {long_day(revision.confirmed_on)}" if revision.confirmed_on else "so far"
            origin["stale"] = f"Nobody has confirmed this text {since}."
    return origin


def owner_of(section: Section, request: ReviewRequest) -> str:
    """A letter is its signer's."""
    return request.rep.name if section.kind == SectionKind.LETTER else str(section.function or "Program office")
