"""Writing down what each version of a document carries, by the worker that rendered it (R-06, M20)."""

from __future__ import annotations

from django.utils.timezone import localdate

from .models import Carried, Document
from .models.template import STANDARD_TEXT
from .origins import texts_of


def note_carried(document: Document) -> None:
    """The sections whose words the standard gives, each with its revision, or with the deviation in its place."""
    request = document.request
    if request.template_id is None:
        return
    Carried.objects.bulk_create(
        Carried(
            document=document, section_id=section.pk, revision=section.revision if not section.deviation else None,
            deviation=section.deviation, locked=section.locked,
        )
        for section in texts_of(request, localdate(document.begun_at))
        if section.kind in STANDARD_TEXT
    )  # fmt: skip
