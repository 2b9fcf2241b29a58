"""What a contributor is still typing, and when it is done with."""

from __future__ import annotations

from acr_program.desk.models import Draft
from acr_program.workflow.book import for_many
from acr_program.workflow.log import LogEntry
from reviews.models import InformationRequest


def draft_name(contribution: InformationRequest) -> str:
    """The name under which what is typed into this section is kept."""
    return f"contribution-{contribution.pk}"


def drop_all_drafts(contributions: list[InformationRequest], entries: list[LogEntry]) -> None:
    Draft.objects.filter(form__in=[draft_name(section) for section in contributions]).delete()


@for_many(drop_all_drafts)
def drop_drafts(contribution: InformationRequest, entry: LogEntry) -> None:
    """A section that was handed in, or is wanted no more, leaves nobody's draft behind."""
    drop_all_drafts([contribution], [entry])
