"""Loading a version of the standard template from data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from acr_program.charter.models import Function
from acr_program.people.models import User
from acr_program.workflow.edit import begin

from ..models import Section, TemplateVersion

STANDARD = Path(__file__).resolve().parent.parent / "standard"


@transaction.atomic
def load_template(path: Path, *, by: User) -> TemplateVersion:
    """A new draft version from a JSON file: its audience and its sections in order.

    Owning functions are found by name and made, without a contributor, where they are not known yet. A text that no
    document could be made of is refused with its section, line and reason.
    """
    data: dict[str, Any] = json.loads(path.read_text())
    last = TemplateVersion.objects.filter(audience=data["audience"]).order_by("-number").first()
    template = begin(TemplateVersion(audience=data["audience"], number=last.number + 1 if last else 1), by=by)
    sections = [
        Section(template=template, place=place, function=function_of(row.pop("function", "")), **row)
        for place, row in enumerate(data["sections"], start=1)
    ]
    for section in sections:
        section.clean()
    Section.objects.bulk_create(sections)
    return template


def function_of(name: str) -> Function | None:
    return Function.objects.get_or_create(name=name)[0] if name else None
