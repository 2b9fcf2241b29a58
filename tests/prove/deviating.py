"""Where one review leaves the standard: its steps and its page."""

from __future__ import annotations

from collections.abc import Iterator

from reviews.actions.deviating import propose
from reviews.models import Deviation

from .company import Company
from .forms import COMMENT, Form, review
from .pages import Page, Sent, sent

LETTER = "letter"
OTHER = {"text": "Dear friends of many years.", "reason": "We have known them for long."}


def deviations(company: Company) -> Iterator[Form]:
    yield Form("deviation.allow", "manager", lambda: proposed(company))
    yield Form("deviation.refuse", "manager", lambda: proposed(company), COMMENT)
    yield Form("deviation.withdraw", "rep", lambda: proposed(company), COMMENT)


def standard_pages(company: Company) -> Iterator[Page]:
    yield Page("reviews:deviate", "rep", lambda: deviated(company))


def proposed(company: Company) -> Deviation:
    """Another letter, in a review that is being gathered."""
    request = review(company, "gathering")
    letter = request.template.sections.get(key=LETTER)
    return propose(request, letter, by=company.people["rep"], **OTHER)


def deviated(company: Company) -> Sent:
    request = review(company, "gathering")
    return sent("reviews:deviate", request.pk, LETTER, rows=Deviation.objects.filter(request=request), **OTHER)
