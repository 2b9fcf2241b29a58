"""What somebody is still typing, and when it is done with."""

from __future__ import annotations

from collections.abc import Iterable

from acr_program.desk.models import Draft
from acr_program.workflow.book import for_many
from acr_program.workflow.log import LogEntry
from reviews.models import InformationRequest


def draft_name(contribution: InformationRequest) -> str:
    """The name under which what is typed into this section is kept."""
    return f"contribution-{contribution.pk}"


def form_name(of: object = None) -> str:
    """Under which name is kept what is typed into the form of a request, or of a new one."""
    return f"reviews.request.{of}" if of else "reviews.request"


def typed_into(requests: Iterable[int]) -> set[int]:
    """Into the forms of which of these requests somebody has typed something: one query."""
    names = {form_name(pk): pk for pk in requests}
    return {names[form] for form in Draft.objects.filter(form__in=names).values_list("form", flat=True)}


def drop_all_drafts(contributions: list[InformationRequest], entries: list[LogEntry]) -> None:
    Draft.objects.filter(form__in=[draft_name(section) for section in contributions]).delete()


@for_many(drop_all_drafts)
def drop_drafts(contribution: InformationRequest, entry: LogEntry) -> None:
    """A section that was handed in, or is wanted no more, leaves nobody's draft behind."""
    drop_all_drafts([contribution], [entry])
