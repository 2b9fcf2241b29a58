"""Handing out a list: noted before its first row leaves, within what one person may take in an hour."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.conf import settings
from django.db.models.deletion import ProtectedError
from django.utils.timezone import now
from django.utils.translation import gettext as _

from acr_program.files.models import StoredFile
from acr_program.jobs.clock import duty
from acr_program.jobs.models import OPEN, State
from acr_program.people.models import User
from acr_program.ui.lists import ListPage

from .models import KEPT, Export, Format

AT_ONCE = 5_000  # rows of a sheet that are written while one waits


def too_many(person: User) -> str:
    """The sentence for whoever exports without end; nothing for everybody else (P34)."""
    most = settings.ACR_EXPORTS_AN_HOUR
    taken = Export.objects.filter(person=person, created_at__gt=now() - timedelta(hours=1)).count()
    if taken < most:
        return ""
    words = _("You have exported %(n)s lists within an hour, which is as many as one person may. Go on in a while.")
    return words % {"n": taken}


def begin(page: ListPage, person: User, kind: str) -> Export:
    """The record of an export that is handed out now."""
    return Export.objects.create(**facts(page, person, kind), state=State.DONE, done_at=now())


def ask_worker(page: ListPage, person: User) -> Export:
    """The record of one that a worker writes; the same file asked for twice is written once."""
    return ask(facts(page, person, Format.XLSX))


def ask(told: dict[str, Any]) -> Export:
    """The record of a file that a worker writes (`making.writer` names who knows how)."""
    export = Export.objects.filter(**told, state__in=OPEN).first() or Export.objects.create(**told)
    export.ring()
    return export


def facts(page: ListPage, person: User, kind: str) -> dict[str, Any]:
    known = page.known
    return {
        "person": person, "list_name": known.name, "title": str(known.title), "query": page.query, "kind": kind,
    }  # fmt: skip


def is_large(page: ListPage) -> bool:
    return page.queryset.order_by().values("pk")[: AT_ONCE + 1].count() > AT_ONCE


@duty("exports.clean", at=time(4, 30))
def clean(_moment: object = None) -> int:
    """Files that lay ready for a week go; the record of who took what stays."""
    old = Export.objects.filter(file__isnull=False, done_at__lt=now() - KEPT)
    files = set(old.values_list("file", flat=True))
    old.update(file=None)
    for file in StoredFile.objects.filter(pk__in=files).exclude(
        pk__in=Export.objects.exclude(file=None).values("file")
    ):
        try:
            file.delete()
        except ProtectedError:
            continue  # the same bytes are somebody else's too
    return len(files)
