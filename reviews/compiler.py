"""Puts the inputs of a document together: plain data from the account, the template and the accepted sections (R-15)."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from acr_program.charter.look import look_of
from acr_program.render.checking import InputError

from . import promised
from .choices import ContributionStatus, SectionKind
from .conditions import because
from .content import tokens
from .content.content import Content
from .content.mix import mix_of
from .content.notes import iso, notes_of
from .content.origin import confirmed_on, of_figures, of_words
from .content.promise import promise_of
from .content.provenance import Said, with_provenance
from .content.team import letter_of, team_of
from .content.value import value_of
from .models import Document, InformationRequest, ReviewRequest, Section
from .origins import texts_of
from .prose import filled, marked_up, objections, paragraphs


def inputs_of(document: Document) -> dict[str, Any]:
    """Everything the rendering needs, as plain data; the same content gives the same inputs."""
    request = ReviewRequest.objects.for_page().get(pk=document.request_id)
    assert request.template is not None
    content = Content(request)
    on = localdate(document.begun_at)
    accepted = request.contributions.filter(status=ContributionStatus.ACCEPTED).select_related("contributor")
    answers = {answer.section_id: answer for answer in accepted}
    said = Said(texts_of(request, on), answers, confirmed_on(answers.values()), tokens.nested(content))
    particulars = {
        "number": f"R{request.pk}-{document.number}",
        "issued": on.isoformat(),
        "audience": request.get_audience_display(),
        "meeting": request.meeting_on.isoformat(),
        "template": str(request.template),
    }
    return with_provenance(whole(content, particulars, sections_of(content, said)), content, said, on)


def whole(content: Content, particulars: dict[str, Any], sections: list[dict[str, Any]]) -> dict[str, Any]:
    """The inputs around the sections; `particulars` are the document's own."""
    request, years, year = content.request, content.years, content.request.year
    return {
        "version": 1,
        "locale": content.locale,
        "currency": content.currency,
        "company": company_of(request),
        "customer": customer_of(request),
        "year": {
            "label": year.label,
            "span": years.span,
            "span_before": years.span_before,
            "start": years.starts_on.isoformat(),
            "end": years.ends_on.isoformat(),
            "as_of": iso(years.as_of),
        },
        "document": particulars,
        "layout": content.layout,
        "glance": content.glance,
        "figures": content.figures,
        "sections": sections,
        **look_of(request.program),
    }


def sections_of(content: Content, said: Said) -> list[dict[str, Any]]:
    """Those of the pinned template that have something to say, in its order, and the notes on the figures."""
    compiled = [
        with_reason(
            section,
            section_of(section, said.answers.get(section.pk), content, said.named, said.confirmed),
            content.request,
        )
        for section in said.sections
    ]
    return [section for section in [*compiled, notes_of(content.years, content.currency, content.say)] if section]


def with_reason(section: Any, said: dict[str, Any] | None, request: ReviewRequest) -> dict[str, Any] | None:
    """A conditional section with the rule that chose it, for the margin of the internal edition (R-05)."""
    if said and section.conditions:
        said["origin"] = (said.get("origin") or {"source": str(request.template)}) | {
            "note": because(section, request.account)
        }
    return said


def section_of(
    section: Any, answer: InformationRequest | None, content: Content, named: dict[str, Any], confirmed: dict[int, Any]
) -> dict[str, Any] | None:  # fmt: skip
    """One section as the rendering takes it; None where an optional one has nothing to say."""
    request, years = content.request, content.years
    base = opening_of(section, named)
    words = worded(section, answer, named)
    said = of_words(section, answer, confirmed)
    match section.kind:
        case SectionKind.LETTER:
            return base | letter_of(request, marked_up(section.body, named)) | {"origin": section.origin}
        case SectionKind.TEAM:
            return base | team_of(request)
        case SectionKind.FIGURES:
            absent = {} if content.figures else {"absent": "No figures of this account are on file."}
            shows = {"shows": section.shows} if section.shows else {}
            return base | {"kind": "figures", "origin": of_figures(years)} | absent | shows
        case SectionKind.PROMISE:
            return base | promise_of(years, content.orders, words) | {"origin": of_figures(years, said)}
        case SectionKind.MIX:
            return base | mix_of(years, content.orders, words, content.say) | {"origin": of_figures(years, said)}
        case SectionKind.VALUE:
            value = value_of(years, content.orders, content.told, words, content.say)
            return base | value | {"origin": of_figures(years, said)}
        case SectionKind.FOLLOW_UPS:
            return base | promised.follow_ups(request, answer, words)
        case SectionKind.COMMITMENTS:
            return base | promised.commitments(answer, words) if answer else None
        case SectionKind.STANDARD:
            return base | {"kind": "text", "html": marked_up(section.body, named), "origin": section.origin}
    return base | {"kind": "input", "html": paragraphs(words), "origin": said} if answer else None


def opening_of(section: Section, named: dict[str, Any]) -> dict[str, Any]:
    """How every section begins."""
    return {"key": section.key, "title": filled(section.title, named), "lede": filled(section.lede, named)}


def worded(section: Section, answer: InformationRequest | None, named: dict[str, Any]) -> str:
    """A contributor's text with its figures in it; one from before tokens were refused says here what is wrong."""
    if answer is None:
        return ""
    if wrong := objections(answer.text):
        raise InputError(section.title, str(wrong[0]))
    return filled(answer.text, named, braces=True)


def company_of(request: ReviewRequest) -> dict[str, str]:
    program = request.program
    return {"name": program.company, "office": "Program Office, Annual Customer Review", "email": program.manager.email}


def customer_of(request: ReviewRequest) -> dict[str, Any]:
    account = request.account
    place = " ".join(word for word in (account.postcode, account.city) if word)
    return {
        "name": account.name,
        "code": account.code or f"A{account.pk}",
        "contact": request.recipient.name if request.recipient else account.name,
        "address": [line for line in (account.street, place, account.country) if line],
    }
