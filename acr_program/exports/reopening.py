"""A list asked for again by a worker, as the person who wants it would see it now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from acr_program.desk.opening import opened
from acr_program.jobs.errors import PermanentError
from acr_program.people.models import User
from acr_program.ui.known import Known
from acr_program.ui.lists import ListPage


@contextmanager
def reopen(known: Known | None, person: User, query: str) -> Iterator[ListPage]:
    """For a worker: the list as this person would see it now; somebody who left gets nothing any more."""
    if known is None:
        raise PermanentError(_("This list is not there any more."))
    if not person.is_active:
        raise PermanentError(_("Whoever asked for this file may not sign in any more."))
    request: Any = HttpRequest()
    asked = QueryDict(query)
    request.method, request.path, request.user, request.GET = "GET", known.url_of(asked), person, asked
    with timezone.override(zone_of(person)):
        try:
            yield opened(known, request)
        except (PermissionDenied, Http404) as refusal:
            raise PermanentError(str(refusal)) from refusal


def zone_of(person: User) -> Any:
    try:
        return ZoneInfo(person.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return timezone.get_default_timezone()
