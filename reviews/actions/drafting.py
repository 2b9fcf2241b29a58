"""What a contributor is still typing, and when it is done with."""

from __future__ import annotations

from acr_program.desk.models import Draft
from acr_program.workflow.log import LogEntry
from reviews.models import InformationRequest


def draft_name(contribution: InformationRequest) -> str:
    """The name under which what is typed into this section is kept."""
    return f"contribution-{contribution.pk}"


def drop_drafts(contribution: InformationRequest, entry: LogEntry) -> None:
    """A section that was handed in, or is wanted no more, leaves nobody's draft behind."""
    Draft.objects.filter(form=draft_name(contribution)).delete()
