"""The forms of the process, as they are sent: a draft begun, and one step of it in other words and days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from reviews.models import ProcessVersion
from tests.reviews.processes import a_draft

if TYPE_CHECKING:
    from .pages import Page, Sent

WORDS = {"entry": "The request is accepted.", "owner": "Contributors", "guidance": "", "takes": ""}
DAYS = {"digital_gathering": "8", "printed_gathering": "8"}


def process_pages(page: type[Page], sent: Callable[..., Sent]) -> Iterator[Page]:
    def step() -> Sent:
        one = a_draft()
        title = f"{one.steps.get(key='gathered').title} anew"
        return sent("reviews:process-step-edit", one.pk, "gathered", of=one, title=title, **WORDS, **DAYS)

    drafts = ProcessVersion.objects.filter(status="draft")
    yield page("reviews:process-draft", "manager", lambda: sent("reviews:process-draft", rows=drafts))
    yield page("reviews:process-step-edit", "manager", step)
