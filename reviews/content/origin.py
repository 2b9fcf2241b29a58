"""Where a section comes from: printed in the margin of the internal edition, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import localdate

from acr_program.workflow.log import LogEntry

from ..models import InformationRequest, Section
from .years import Years


def confirmed_on(answers: Iterable[InformationRequest]) -> dict[int, date]:
    """When each text was last handed in by who stands for it: one query."""
    kind = ContentType.objects.get_for_model(InformationRequest)
    handed_in = LogEntry.objects.filter(content_type=kind, object_id__in=[row.pk for row in answers], step="submit")
    return {pk: localdate(at) for pk, at in handed_in.order_by("pk").values_list("object_id", "at")}


def of_words(section: Section, answer: InformationRequest | None, confirmed: dict[int, date]) -> dict[str, Any]:
    """A contributor's text: who wrote it, for which function, and when it was handed in."""
    if answer is None:
        return {"source": "Contributor", "owner": str(section.function or "")}
    on = confirmed.get(answer.pk)
    return {
        "source": "Contributor",
        "owner": f"{answer.contributor.name}, {section.function}",
        "revision": str(answer.version),
        "confirmed": on.isoformat() if on else None,
    }


def of_figures(years: Years, said: dict[str, Any] | None = None) -> dict[str, Any]:
    """Figures by their sources and the day they are as of; with the words of a contributor, where somebody wrote any."""
    origin = {
        "source": "; ".join(years.sources) or "No figures on file",
        "as_of": years.as_of and years.as_of.isoformat(),
    }
    if said and said.get("revision"):
        origin |= said | {"source": f"{origin['source']}; words of the contributor"}
    return origin
