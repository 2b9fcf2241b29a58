"""What leaders asked to have changed before, and what was answered, for whoever is asked next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from acr_program.workflow.log import LogEntry
from reviews.models import Approval, ReviewRequest


@dataclass(frozen=True)
class Round:
    """One request for changes, and the answer to it, where there is one yet."""

    asked: LogEntry
    answer: LogEntry | None
    sections: list[str]  # the titles of what went back to its contributor

    @property
    def unchanged(self) -> bool:
        """Whether the office said that nothing has to be rewritten."""
        return bool(self.answer and not self.sections)


def rounds_of(request: ReviewRequest, titles: Mapping[int, str]) -> list[Round]:
    """Newest first, in one query; `titles` are those of the request's sections by their row."""
    kinds = ContentType.objects.get_for_models(Approval, ReviewRequest)
    asked = Q(content_type=kinds[Approval], step="ask_for_changes", object_id__in=request.approvals.values("pk"))
    answered = Q(content_type=kinds[ReviewRequest], step="rework", object_id=request.pk)
    entries = LogEntry.objects.filter(asked | answered).select_related("by", "on_behalf_of", "detail").order_by("pk")
    pairs: list[tuple[LogEntry, LogEntry | None]] = []
    for entry in entries:
        if entry.step == "ask_for_changes":
            pairs.append((entry, None))
        elif pairs and pairs[-1][1] is None:
            pairs[-1] = (pairs[-1][0], entry)
    return [Round(a, b, [titles[key] for key in sent_back(b) if key in titles]) for a, b in reversed(pairs)]


def sent_back(answer: LogEntry | None) -> list[int]:
    """The sections that the answer named; its words may have been erased."""
    detail = getattr(answer, "detail", None)
    return list(detail.data.get("sections", [])) if detail else []
