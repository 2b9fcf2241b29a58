"""Which words of the library are in force: for one review, at one moment (feature 26: the old text stays in use)."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date, datetime
from typing import Any

from acr_program.workflow.book import once

from .choices import TemplateStatus
from .conditions import applying
from .models import ReviewRequest, Revision, Section, StaleWaiver, TemplateVersion
from .models.template import STANDARD_TEXT

Texts = dict[str, Revision]


def in_force(template: TemplateVersion, unit: str, at: datetime | None = None) -> Texts:
    """By the key of the section: the newest text accepted for this version or one before it, the unit's own before all's.

    A draft says its own words alone: nothing of it is in use yet. One query.
    """
    if template.status == TemplateStatus.DRAFT:
        return {}
    rows = Revision.objects.accepted().filter(since__lte=template.number, item__unit__in={"", unit})
    return chosen(in_order(rows.filter(item__audience=template.audience)), template, unit, at)


def every_text(audiences: Iterable[str]) -> list[Revision]:
    """Everything that was ever accepted for these audiences, for pages that look at many reviews at once: one query."""
    return in_order(Revision.objects.accepted().filter(item__audience__in=set(audiences)))


def in_order(rows: Any) -> list[Revision]:
    return list(rows.select_related("item__function__contributor", "author").order_by("accepted_at", "pk"))


def chosen(rows: Iterable[Revision], template: TemplateVersion, unit: str, at: datetime | None) -> Texts:
    """Of these, the oldest first, those in force for one version and business unit."""
    found: Texts = {}
    for row in rows:
        item, known = row.item, found.get(row.item.key)
        fits = item.audience == template.audience and item.unit in ("", unit) and row.since <= template.number
        then = at is None or (row.accepted_at and row.accepted_at <= at)
        if fits and then and (known is None or item.unit or not known.item.unit):
            found[item.key] = row
    return found


def put_in(sections: Iterable[Any], texts: Texts) -> list[Any]:
    """The sections with the words in force in place of those their version was published with; each knows its `revision`."""
    found = []
    for section in sections:
        section.revision = texts.get(section.key) if section.kind in STANDARD_TEXT and section.body.strip() else None
        if section.revision:
            section.body = section.revision.text
        found.append(section)
    return found


def sections_of(request: ReviewRequest, at: datetime | None = None) -> list[Any]:
    """The sections of the version the review keeps that apply to its account, in order, as they read for it: two queries."""
    assert request.template is not None
    mine = applying(request.template.sections.select_related("function"), request.account)
    return put_in(mine, in_force(request.template, unit_of(request), at))


def as_said(section: Section, request: ReviewRequest) -> Any:
    """One section of the review's version with the words in force for it: one query."""
    return put_in([section], in_force(section.template, unit_of(request)))[0]


def unit_of(request: ReviewRequest) -> str:
    return request.account.business_unit


def standing(request: ReviewRequest) -> list[Any]:
    """The standard texts that the review says now, without those it deviates from; each knows its `waiver`."""
    return once(known_as(request), lambda: _standing(request)) if request.template else []


def stands_among(request: ReviewRequest, sections: Iterable[Section], deviating: set[int]) -> None:
    """For a page that has read the sections of the version, and in which of them the review deviates: they are not read again."""
    rows = [copy(one) for one in sections if one.kind in STANDARD_TEXT and one.pk not in deviating]
    once(known_as(request), lambda: _said(request, rows))


def known_as(request: ReviewRequest) -> str:
    return f"standard texts of {request.pk}"


def _standing(request: ReviewRequest) -> list[Any]:
    deviating = request.deviations.allowed().values("section")
    rows = Section.objects.filter(template=request.template_id, kind__in=STANDARD_TEXT).exclude(pk__in=deviating)
    return _said(request, rows.order_by("place"))


def _said(request: ReviewRequest, rows: Iterable[Section]) -> list[Any]:
    assert request.template is not None
    said = put_in(applying(rows, request.account), in_force(request.template, unit_of(request)))
    found = [one for one in said if one.revision]
    if any(one.revision.is_stale(request.meeting_on) for one in found):
        waived = StaleWaiver.objects.filter(request=request.pk).select_related("by")
        leave = {waiver.revision_id: waiver for waiver in waived}
        for one in found:
            one.waiver = leave.get(one.revision.pk)
    return found


def stale_on(request: ReviewRequest, day: date) -> list[Any]:
    """The sections whose text nobody's word keeps fresh on that day: asking changes nothing (M12)."""
    return [section for section in standing(request) if section.revision.is_stale(day)]


def withheld(request: ReviewRequest, day: date) -> list[Any]:
    """The required ones among them without the program manager's leave: while there is one, nothing is compiled."""
    return [one for one in stale_on(request, day) if one.required and getattr(one, "waiver", None) is None]
