"""Puts the inputs of a document together: plain data from the account, the template and the accepted sections (R-15)."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from accounts.models import Performance
from accounts.quarters import quarter_of

from .choices import ContributionStatus, SectionKind
from .figures import figures_of
from .models import Document, InformationRequest, ReviewRequest, Section
from .prose import filled, paragraphs


def inputs_of(document: Document) -> dict[str, Any]:
    """Everything the rendering needs, as plain data; the same content gives the same inputs."""
    request = ReviewRequest.objects.for_page().get(pk=document.request_id)
    assert request.template is not None
    answers = {
        answer.section_id: answer
        for answer in request.contributions.filter(status=ContributionStatus.ACCEPTED).select_related("contributor")
    }
    quarters = looked_back_on(request)
    tokens = tokens_of(request)
    sections = [
        compiled
        for section in request.template.sections.select_related("function")
        if (compiled := section_of(section, answers.get(section.pk), request, tokens, quarters))
    ]
    year = request.year
    return {
        "version": 1,
        "locale": "en-GB" if request.account.theater == "EMEA" else "en-US",
        "currency": request.program.currency,
        "company": company_of(request),
        "customer": customer_of(request),
        "year": {
            "label": year.label,
            "span": span(quarters[-4:]) or f"{year.begins_on:%B %Y} to {year.ends_on:%B %Y}",
            "span_before": span(quarters[:-4]) or "the year before",
            "start": year.begins_on.isoformat(),
            "end": year.ends_on.isoformat(),
            "as_of": max(q.as_of for q in quarters).isoformat() if quarters else None,
        },
        "document": {
            "number": f"R{request.pk}-{document.number}",
            "issued": localdate(document.begun_at).isoformat(),
            "audience": request.get_audience_display(),
            "meeting": request.meeting_on.isoformat(),
            "template": str(request.template),
        },
        "layout": "full",
        "figures": figures_of(quarters),
        "sections": [*sections, *([notes] if (notes := notes_of(quarters)) else [])],
    }  # fmt: skip


def looked_back_on(request: ReviewRequest) -> list[Performance]:
    """The last four complete quarters on file and the four before them; the quarter that runs is no part of a year."""
    over = request.account.performance.filter(quarter_begins_on__lt=quarter_of(localdate()))
    return list(over.order_by("-quarter_begins_on")[:8])[::-1]


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


def tokens_of(request: ReviewRequest) -> dict[str, Any]:
    """What standard texts may name in their tokens."""
    contact = request.recipient
    return {
        "customer": {"name": request.account.name, "contact": contact.name if contact else request.account.name},
        "company": {"name": request.program.company},
        "year": {"label": request.year.label},
        "rep": {"name": request.rep.name, "title": request.rep.title},
    }


def section_of(
    section: Section, answer: InformationRequest | None, request: ReviewRequest, tokens: dict[str, Any], quarters: list[Performance]
) -> dict[str, Any] | None:  # fmt: skip
    """One section as the rendering takes it; None where an optional one has nothing to say."""
    base = {"key": section.key, "title": filled(section.title, tokens), "lede": filled(section.lede, tokens)}
    if section.kind == SectionKind.LETTER:
        return base | {
            "kind": "letter", "greeting": f"Dear {tokens['customer']['contact']},",
            "html": paragraphs(filled(section.body, tokens)), "closing": "Yours sincerely,",
            "name": request.rep.name, "role": request.rep.title,
        }  # fmt: skip
    if section.kind == SectionKind.FIGURES:
        absent = {} if quarters else {"absent": "No figures of this account are on file."}
        return base | {"kind": "figures"} | absent
    if section.kind == SectionKind.TEAM:
        return base | {"kind": "team", "people": team_of(request), "follows": True}
    if section.kind == SectionKind.STANDARD:
        origin = {"source": f"Standard text, {request.template}"}
        return base | {"kind": "text", "html": paragraphs(filled(section.body, tokens)), "origin": origin}
    if answer is None:
        return None
    origin = {
        "source": "Contributor",
        "owner": f"{answer.contributor.name}, {section.function}",
        "revision": f"{answer.version}",
    }
    return base | {"kind": "input", "html": paragraphs(answer.text), "origin": origin}


def team_of(request: ReviewRequest) -> list[dict[str, str]]:
    rep = request.rep
    people = [{"name": rep.name, "role": "Your account manager", "title": rep.title, "email": rep.email}]
    if rep.reports_to:
        people.append(
            {
                "name": rep.reports_to.name,
                "role": "Sales leader",
                "title": rep.reports_to.title,
                "email": rep.reports_to.email,
            }
        )
    manager = request.program.manager
    return [*people, {"name": manager.name, "role": "Program office", "title": manager.title, "email": manager.email}]


def notes_of(quarters: list[Performance]) -> dict[str, Any] | None:
    """Source, rule and date of the figures, once for each source; None where there are no figures."""
    sources = {q.source: q for q in quarters}
    notes = [{"title": source, "html": rule_of(q), "as_of": q.as_of.isoformat()} for source, q in sources.items()]
    section = {
        "key": "notes",
        "kind": "notes",
        "title": "Notes on the figures",
        "lede": "",
        "notes": notes,
        "follows": True,
    }
    return section if notes else None


def rule_of(quarter: Performance) -> str:
    told = (
        "Net value and orders of each quarter, as told"
        if quarter.stated
        else "Net value, orders and shipments of each quarter"
    )
    return f"<p>{told}. Amounts are rounded once, half up.</p>"


def span(quarters: list[Performance]) -> str:
    if not quarters:
        return ""
    last = quarters[-1].quarter_begins_on
    return f"{quarters[0].quarter_begins_on:%B %Y} to {last.replace(month=last.month + 2):%B %Y}"
